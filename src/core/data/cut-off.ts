import type { ObservedContent } from '../observed.ts';

/** What a command that was cut off has left of some data, in words; null where nothing did. While one goes on it looks the same. */
export function cutOffWords({ parked, lagging = [] }: Pick<ObservedContent, 'parked' | 'lagging'>): string | null {
  if (parked) return 'a reset was cut off while it loaded anew: what was there before comes back';
  if (lagging.length === 0) return null;
  const [they, are] = lagging.length === 1 ? ['it', 'is'] : ['they', 'are'];
  return `a command was cut off before ${lagging.join(' and ')} followed the database: ${they} ${are} brought to it`;
}
