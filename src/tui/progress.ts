import { type Counted, progressOf } from '../core/data/progress.ts';
import { age, seconds } from '../display/words.ts';
import type { Span } from './row.ts';

const SHORTEST_BAR = 8;
const LONGEST_BAR = 40;
const MINUTE = 60_000;

/**
 * `██████────── 45 %  93,000 rows/s  12.4 s left  45,000 of 100,000`: the bar gets what the words leave, and the words at
 * the end are left out where there is no room.
 */
export function progressSpans(counted: Counted, room: number): readonly Span[] {
  const { share, perSecond, leftMs } = progressOf(counted.done, counted.total, counted.elapsedMs);
  const words = [
    ` ${Math.floor(share * 100)} %`,
    `  ${figure(perSecond)} rows/s`,
    leftMs === null ? '' : `  ${leftMs < MINUTE ? seconds(leftMs) : age(leftMs)} left`,
    `  ${figure(counted.done)} of ${figure(counted.total)}`,
  ];
  while (words.length > 1 && widthOf(words) + SHORTEST_BAR > room) words.pop();
  const bar = Math.max(0, Math.min(LONGEST_BAR, room - widthOf(words)));
  const filled = Math.round(share * bar);
  return [
    { text: '█'.repeat(filled), color: 'green' },
    { text: '─'.repeat(bar - filled), dim: true },
    { text: words.join('') },
  ];
}

function widthOf(words: readonly string[]): number {
  return words.reduce((sum, { length }) => sum + length, 0);
}

function figure(count: number): string {
  return count.toLocaleString('en');
}
