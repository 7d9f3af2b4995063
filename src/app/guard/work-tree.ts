import { relative } from 'node:path';
import { keyVariables } from '../../config/key-variables.ts';
import { loadConfig } from '../../config/load.ts';
import { findConfig } from '../../config/read.ts';
import { ConfigError, messageOf, UserError } from '../../core/errors.ts';
import { maskKeys } from '../../core/guard/find.ts';
import type { FoundKey } from '../../core/guard/scan.ts';
import { ignoredFiles, ownFiles } from '../../lib/git-changes.ts';
import { isComposeFile, namedByCompose } from './compose-files.ts';
import { type GuardFailure, type GuardFind, type GuardReport, guardFind, shownName } from './report.ts';
import { scanFile } from './scan-file.ts';

/**
 * Files as they are now: all that git has or would get by `git add --all`, and of what it ignores those in which keys are
 * given to processes and containers: `.env*`, the local configuration, compose files and what they name.
 */
export async function scanWorkTree(top: string, cwd: string): Promise<GuardReport> {
  const [own, ignored, configuration] = await Promise.all([ownFiles(top), ignoredFiles(top), readConfiguration(cwd)]);
  const beside = ignored.filter(isGiven);
  const composed = await Promise.all(
    [...own, ...beside].filter(isComposeFile).map((name) => namedByCompose(top, name)),
  );
  const named = [...configuration.files, ...composed.flatMap(({ files }) => files)].map((file) => bytesOf(top, file));
  const known = new Set(own);
  const given = [...new Set([...beside, ...named])].filter((name) => !known.has(name));
  const finds: GuardFind[] = [];
  const failures = [...configuration.failures, ...composed.flatMap((one) => one.failures)];
  let [accepted, files] = [0, 0];
  const scanAll = async (names: readonly string[], links: 'follow' | 'leave', counts: (key: FoundKey) => boolean) => {
    await inTurns(names, async (name) => {
      const result = await scanFile(Buffer.concat([Buffer.from(`${top}/`), Buffer.from(name, 'latin1')]), links);
      if (result === null) return;
      files++;
      if ('problem' in result) return void failures.push({ file: shownName(name), why: result.problem });
      const { keys } = result.scan;
      const counted = keys.filter(counts);
      finds.push(...counted.map((key) => guardFind(name, key, null)));
      accepted += result.scan.accepted;
    });
  };
  await scanAll(own, 'leave', () => true);
  await scanAll(given, 'follow', (key) => {
    // One person's own file: a secret of a webhook is meant to be there, and so is what the configuration names.
    if (key.mode !== 'live') return false;
    if (key.variable === null || !configuration.allow.includes(key.variable)) return true;
    accepted++;
    return false;
  });
  finds.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return { finds, failures, accepted, files };
}

function isGiven(name: string): boolean {
  return (
    /(?:^|\/)(?:\.env(?:rc|[.-][^/]*)?|[^/]+\.env|devenv\.config\.local\.[a-z]+)$/.test(name) || isComposeFile(name)
  );
}

interface Configuration {
  readonly allow: readonly string[];
  /** Absolute. */
  readonly files: readonly string[];
  readonly failures: readonly GuardFailure[];
}

/** A folder without a configuration has none to be wrong. One that can't be read may allow anything, or give anything. */
async function readConfiguration(cwd: string): Promise<Configuration> {
  const found = await findConfig(cwd);
  if (!found) return { allow: [], files: [], failures: [] };
  try {
    const { config, files } = await loadConfig({ cwd, tier: 'development', set: [], env: [] });
    // What is for the mocks alone is withheld from everything else.
    return { allow: [...config.guard.allow, ...keyVariables(config)], files, failures: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const file = error instanceof ConfigError ? (error.problems[0]?.file ?? '') : (found.base[0]?.name ?? '');
    return { allow: [], files: [], failures: [{ file, why: maskKeys(messageOf(error)) }] };
  }
}

/** As git would call it, one byte a character. */
function bytesOf(top: string, file: string): string {
  return Buffer.from(relative(top, file)).toString('latin1');
}

const AT_ONCE = 8;

async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
