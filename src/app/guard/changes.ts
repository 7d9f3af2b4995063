import type { Scan } from '../../core/guard/scan.ts';
import { readBlobs } from '../../lib/git-blobs.ts';
import type { Change } from '../../lib/git-changes.ts';
import { type GuardReport, guardFind } from './report.ts';
import { byteScanner } from './scan-file.ts';

/** What changes add: a key that stood in the file before is no find of theirs. */
export async function scanChanges(top: string, changes: readonly Change[]): Promise<GuardReport> {
  const scans = await scansOf(top, changes);
  const finds = changes.flatMap(({ path, commit, blob, before }) => {
    const known = new Set(before.flatMap((one) => scans.get(one)?.keys ?? []).map(({ value }) => value.reveal()));
    const added = scans.get(blob)?.keys.filter(({ value }) => !known.has(value.reveal())) ?? [];
    return added.map((key) => guardFind(path, key, commit?.slice(0, 12) ?? null));
  });
  const accepted = changes.reduce((sum, { blob }) => sum + (scans.get(blob)?.accepted ?? 0), 0);
  return { finds, failures: [], accepted, files: changes.length };
}

async function scansOf(top: string, changes: readonly Change[]): Promise<ReadonlyMap<string, Scan>> {
  const scans = await scanBlobs(
    top,
    changes.map(({ blob }) => blob),
  );
  // Only of files that have one is it asked which of them are new.
  const suspect = changes.filter(({ blob }) => (scans.get(blob)?.keys.length ?? 0) > 0);
  const before = suspect.flatMap((change) => change.before).filter((blob) => !scans.has(blob));
  return new Map([...scans, ...(await scanBlobs(top, before))]);
}

/** By their names. */
export async function scanBlobs(top: string, blobs: readonly string[]): Promise<ReadonlyMap<string, Scan>> {
  const scans = new Map<string, Scan>();
  await readBlobs(top, [...new Set(blobs)], (blob) => {
    const bytes = byteScanner();
    return { push: bytes.push, end: () => void scans.set(blob, bytes.end()) };
  });
  return scans;
}
