import { isBaseline } from '../data/baseline.ts';
import type { TemplateRecord } from '../store.ts';

/**
 * Keys of the baselines that are too many, the least recently used first. The one that was used last stays, whatever its
 * size: it would be made again at once.
 */
export function beyondLimit(records: readonly TemplateRecord[], maxBytes: number): readonly string[] {
  let bytes = 0;
  const beyond = records
    .filter(({ key }) => isBaseline(key))
    .toSorted(lastUsedFirst)
    .filter(({ sizeBytes }, index) => {
      bytes += sizeBytes;
      return maxBytes === 0 || (index > 0 && bytes > maxBytes);
    });
  return beyond.map(({ key }) => key).reverse();
}

export function lastUsedFirst(a: { readonly lastUsed: string }, b: { readonly lastUsed: string }): number {
  return a.lastUsed < b.lastUsed ? 1 : a.lastUsed > b.lastUsed ? -1 : 0;
}

/** Whether a second copy of a baseline would leave all of them within the limit. */
export function roomFor(records: readonly TemplateRecord[], key: string, maxBytes: number): boolean {
  const bytes = records.filter((one) => isBaseline(one.key)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return bytes + (records.find((one) => one.key === key)?.sizeBytes ?? 0) <= maxBytes;
}
