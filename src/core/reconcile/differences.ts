import type { Fingerprint } from '../stack.ts';

/** The parts in which two fingerprints differ, in words: `image postgres:16 → postgres:17`. */
export function differences(before: Fingerprint, after: Fingerprint): readonly string[] {
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return parts
    .filter((part) => before[part] !== after[part])
    .map((part) => difference(part, before[part], after[part]));
}

function difference(part: string, before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `${part} is new`;
  if (after === undefined) return `${part} is gone`;
  return /^#/.test(before) || /^#/.test(after) ? `${part} changed` : `${part} ${before} → ${after}`;
}
