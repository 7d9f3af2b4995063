import { progressOf } from '../core/data/progress.ts';
import { seconds } from './words.ts';

/** Cells of the bar. */
const BAR = 20;

/** `orders  [#########           ]  45 %  93,000 rows/s  12.4 s left`. */
export function progressLine(what: string, done: number, total: number, elapsedMs: number): string {
  const { share, perSecond, leftMs } = progressOf(done, total, elapsedMs);
  const filled = Math.round(share * BAR);
  const bar = `[${'#'.repeat(filled)}${' '.repeat(BAR - filled)}]`;
  const left = leftMs === null ? '' : `  ${seconds(leftMs)} left`;
  return `${what}  ${bar}  ${Math.floor(share * 100)} %  ${perSecond.toLocaleString('en')} rows/s${left}`;
}
