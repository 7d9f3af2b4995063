import { fits, textsOf } from '../checks/index.ts';
import type { Domain } from '../domain.ts';
import type { Distinct } from '../generator.ts';
import type { Value } from '../value.ts';
import type { Source } from './source.ts';

/** How many values of a meaning are tried before its distinct ones are taken to fit the patterns. */
const SAMPLE = 200;

/**
 * Text that fits patterns: what the column means where that fits, such as an e-mail address under a check for the @, else
 * what the patterns themselves tell. Where that is nothing Postgres judges the rows.
 */
export function patternedSource(meant: Source, domain: Domain): Source {
  const fitting = (value: Value): boolean => value === null || fits(value, domain);
  const texts = textsOf(domain);
  if (!texts) return meant;
  return {
    ...meant,
    draw(draws, row) {
      const value = meant.draw(draws, row);
      return fitting(value) ? value : texts.text(draws);
    },
    distinct: allFit(meant.distinct, fitting) ? meant.distinct : (texts.distinct ?? undefined),
  };
}

function allFit(distinct: Distinct | undefined, fitting: (value: Value) => boolean): boolean {
  if (!distinct) return false;
  const tried = Math.min(SAMPLE, distinct.size);
  return Array.from({ length: tried }, (_, index) => distinct.at(index)).every(fitting);
}
