import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleConfig } from './config.ts';
import { toRule } from './finish-mocks.ts';
import { type RuleInput, rulesFileSchema } from './mocks-rules.ts';
import { readChecked } from './seed-file.ts';

/** Folder of the files with rules, in the project's. */
const FOLDER = 'mocks';

/**
 * The rules of all files in `mocks/`, in the order of their names. Throws a ConfigError with all that is wrong in a file.
 */
export async function readRuleFiles(root: string): Promise<readonly RuleConfig[]> {
  const names = await readdir(join(root, FOLDER)).catch(() => []);
  const files = names.filter((name) => /\.(?:ya?ml|json)$/.test(name)).sort();
  const read = await Promise.all(
    files.map((name) => readChecked(join(root, FOLDER, name), root, rulesFileSchema, 'rules')),
  );
  return read.flatMap((file) => (file as { readonly rules: readonly RuleInput[] } | null)?.rules ?? []).map(toRule);
}
