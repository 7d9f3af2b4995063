import type { Allowance } from './allowance.ts';
import type { Composed } from './compose-files.ts';
import { type GuardFailure, type GuardFind, type GuardReport, guardFailure, guardFind } from './report.ts';
import type { FileScan } from './scan-file.ts';

/** A file that was looked through. */
export interface Looked {
  readonly name: string;
  readonly result: FileScan;
  /** Of what git doesn't have: the file by whose project a key in it may be let in, absolute. */
  readonly by: string | null;
}

/** What counts of all that was seen, in the order of the files. Pure. */
export function reportOf(looked: readonly Looked[], composed: readonly Composed[], allowance: Allowance): GuardReport {
  const finds: GuardFind[] = [];
  const failures: GuardFailure[] = [...allowance.failures, ...composed.flatMap((one) => one.failures)];
  let accepted = 0;
  for (const { name, result, by } of looked) {
    if ('problem' in result) {
      failures.push(guardFailure(name, result.problem));
      continue;
    }
    accepted += result.scan.accepted;
    for (const key of result.scan.keys) {
      // One person's own file: a secret of a webhook is meant to be there, and so is what the configuration names.
      if (by !== null && key.mode !== 'live') continue;
      if (by !== null && allowance.allows(key, by)) accepted++;
      else finds.push(guardFind(name, key, null));
    }
  }
  for (const { by, keys } of composed) {
    for (const { file, key } of keys) {
      if (key.mode !== 'live') continue;
      if (allowance.allows(key, by)) accepted++;
      else finds.push({ ...guardFind(file, key, null), fromShell: true });
    }
  }
  finds.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return { finds, failures, accepted, files: new Set(looked.map(({ name }) => name)).size };
}
