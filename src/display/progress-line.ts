import { type Counted, progressOf } from '../core/data/progress.ts';
import { amount, seconds } from './words.ts';

/** Cells of the bar. */
const BAR = 20;

/** `orders  [#########           ]  45 %  93,000 rows/s  12.4 s left`. */
export function progressLine({ what, done, total, unit, elapsedMs }: Counted): string {
  const { share, perSecond, leftMs } = progressOf(done, total, elapsedMs);
  const filled = Math.round(share * BAR);
  const bar = `[${'#'.repeat(filled)}${' '.repeat(BAR - filled)}]`;
  const left = leftMs === null ? '' : `  ${seconds(leftMs)} left`;
  return `${what}  ${bar}  ${Math.floor(share * 100)} %  ${amount(perSecond, unit)}/s${left}`;
}
