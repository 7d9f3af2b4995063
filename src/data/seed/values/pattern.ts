import type { Draws } from '../../../lib/draws.ts';
import { fits, textsOf } from '../checks/index.ts';
import type { Distinct } from '../generator.ts';
import type { Value } from '../value.ts';
import type { Source } from './source.ts';
import { drawsOf, lengthsOf, type Tools } from './tools.ts';

/** Text that fits all patterns and lengths; null where there is none. */
export function patternSource(tools: Tools): Source | null {
  const { least, most } = lengthsOf(tools.type, tools.domain);
  const texts = textsOf({ ...tools.domain, minLength: least, maxLength: most });
  if (!texts) return null;
  const distinct = texts.distinct ?? undefined;
  const first = distinct?.at(0) ?? texts.text(drawsOf(tools, 'pattern').at(0));
  return { draw: (draws) => texts.text(draws) ?? first, distinct };
}

/** How often a value of the meaning is drawn for a row, until one fits. */
const TRIES = 8;

/** Values of a meaning where they fit the patterns, such as e-mails for an `@`; else text that is made after the patterns. */
export function patterned(tools: Tools, meant: Source | null): Source | null {
  const plain = patternSource(tools);
  if (!meant) return plain;
  const { domain } = tools;
  const isFitting = (value: Value) => fits(value, domain);
  const draw = (draws: Draws, row: number): Value => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const value = meant.draw(draws, row);
      if (isFitting(value)) return value;
    }
    return plain ? plain.draw(draws, row) : meant.draw(draws, row);
  };
  return {
    draw,
    nulls: meant.nulls,
    distinct: distinctOf(meant.distinct, plain?.distinct, isFitting),
  };
}

/** Numbers whose values stand for all. */
const SAMPLE = [...Array(40).keys(), 999, 12_345, 1_234_567];

/**
 * One of them for all rows: the two may have texts in common. It is tried out with the first value that is asked for,
 * because values may follow from other columns, whose generators aren't there before.
 */
function distinctOf(
  meant: Distinct | undefined,
  plain: Distinct | undefined,
  isFitting: (value: Value) => boolean,
): Distinct | undefined {
  if (!meant) return plain;
  let known: boolean | null = null;
  const numbers = SAMPLE.filter((number) => number < meant.size);
  const chosen = (): Distinct => {
    known ??= numbers.every((number) => isFitting(meant.at(number)));
    return known || !plain ? meant : plain;
  };
  return { size: Math.min(meant.size, plain?.size ?? meant.size), at: (index) => chosen().at(index) };
}
