import { dirname, relative } from 'node:path';
import { keyVariables } from '../../config/key-variables.ts';
import { loadConfig } from '../../config/load.ts';
import { findConfig } from '../../config/read.ts';
import { ConfigError, messageOf, UserError } from '../../core/errors.ts';
import { maskKeys } from '../../core/guard/find.ts';
import { mayBeDeclared } from '../../core/guard/judge.ts';
import type { FoundKey } from '../../core/guard/scan.ts';
import type { GuardFailure } from './report.ts';

/** What one project lets in, in files that are not in git. */
export interface Allowance {
  /** Absolute: what its configuration was read from. */
  readonly files: readonly string[];
  readonly failures: readonly GuardFailure[];
  /** Whether it lets in a key that stands in one of its files; absolute. */
  allows(key: FoundKey, file: string): boolean;
}

/** A file that makes its folder a project. */
export function isConfiguration(name: string): boolean {
  return /(?:^|\/)devenv\.config\.(?:ya?ml|json|ts|mjs)$/.test(name);
}

/**
 * Of the project that a folder belongs to; `configurations` are the files of all projects in the checkout, absolute. A
 * folder without a configuration has none to be wrong.
 */
export async function readAllowance(cwd: string, configurations: readonly string[]): Promise<Allowance> {
  const found = await findConfig(cwd);
  if (!found) return { files: [], failures: [], allows: () => false };
  try {
    const { config, files, root } = await loadConfig({ cwd, tier: 'development', set: [], env: [] });
    // What is for the mocks alone is withheld from everything else.
    const names = new Set([...config.guard.allow, ...keyVariables(config)]);
    const others = configurations
      .map((file) => dirname(file))
      .filter((folder) => folder !== root && isBelow(root, folder));
    const allows = ({ kind, variable }: FoundKey, file: string): boolean =>
      variable !== null &&
      names.has(variable) &&
      mayBeDeclared(kind, { preview: false }) &&
      isBelow(root, file) &&
      !others.some((folder) => isBelow(folder, file));
    return { files, failures: [], allows };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // One that can't be read may allow anything, or give anything.
    const file = error instanceof ConfigError ? (error.problems[0]?.file ?? '') : (found.base[0]?.name ?? '');
    return { files: [], failures: [{ file, why: maskKeys(messageOf(error)) }], allows: () => false };
  }
}

function isBelow(folder: string, file: string): boolean {
  return !/^\.\.(?:\/|$)/.test(relative(folder, file));
}
