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
    .toSorted((a, b) => (a.lastUsed < b.lastUsed ? 1 : a.lastUsed > b.lastUsed ? -1 : 0))
    .filter(({ sizeBytes }, index) => {
      bytes += sizeBytes;
      return maxBytes === 0 || (index > 0 && bytes > maxBytes);
    });
  return beyond.map(({ key }) => key).reverse();
}
