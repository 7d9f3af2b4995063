import * as z from 'zod';
import type { Cell, Constant } from '../../core/data/description.ts';
import { placeholders } from '../../core/data/placeholders.ts';
import { nonEmpty } from '../fields.ts';
import { constant, duration, isMoment, listOf, refuse } from './fields.ts';

const share = z.number().min(0, 'a share from 0 to 1').max(1, 'a share from 0 to 1');

const weights = z
  .record(z.string(), z.number().min(0, 'a weight, a number from 0 on'))
  .refine((all) => Object.values(all).some((weight) => weight > 0), 'needs at least one value whose weight is above 0');

const bound = z.union([z.number(), z.string().refine(isMoment)], {
  error: 'is neither a number nor a date in ISO 8601, such as 2026-01-31',
});

const TWO = 'has to be two numbers or two dates, the smaller one first';

/** Ways to make a value. */
export const ways = {
  oneOf: z
    .union([z.array(constant).min(1, 'needs at least one value'), weights], {
      error: 'is neither a list of at least one value, nor a group of values and their weights',
    })
    .describe('One of a list, or of the keys by their weight.'),
  past: duration.describe('Within this time before now: 2y, 30d, 12h, 90m.'),
  future: duration.describe('Within this time after now: 2y, 30d, 12h, 90m.'),
  between: z
    .tuple([bound, bound], TWO)
    .refine(isAscending, TWO)
    .describe('Both included: two numbers, or two dates in ISO 8601.'),
  faker: z
    .string()
    .regex(/^[a-z]\w*\.[a-z]\w*$/i, 'a function of faker, such as company.name')
    .describe('A function of faker, such as company.name.'),
  pattern: z.string().refine(isPattern, 'a regular expression').describe('A regular expression that the text fits.'),
  template: nonEmpty('a text')
    .refine((text) => placeholders(text) !== null, 'a text in which every { } holds a name')
    .describe('Text with other columns of the row in it: {first_name}@example.com; {row} is the number of the row.'),
  like: nonEmpty('the name of a column').describe('What a column of this name would hold, such as email.'),
};

const made = z
  .strictObject({ ...ways, null: share.describe('Share of rows without a value, from 0 to 1.') })
  .partial()
  .superRefine((column, context) => {
    const given = Object.keys(ways).filter((way) => Object.hasOwn(column, way));
    if (given.length > 1) refuse(context, `says ${listOf(given)}, and only one of them can make the value`);
    if (Object.keys(column).length > 0) return;
    refuse(context, `says nothing; known: ${[...Object.keys(ways), 'null'].join(', ')}`);
  });

/** A function, in a file that is a program; what it gives is seen when it runs. */
const code = z.custom<(cell: Cell) => Constant>((value) => typeof value === 'function');

export const column = z
  .union([constant, made, code], {
    error: 'is neither a value nor a group that says how to make one, such as { oneOf: [a, b] }',
  })
  // The published schema refers to it by this name: most of it would be copies otherwise.
  .meta({ id: 'column' });

function isAscending([from, to]: readonly (number | string)[]): boolean {
  if (typeof from === 'number' && typeof to === 'number') return from <= to;
  return typeof from === 'string' && typeof to === 'string' && Date.parse(from) <= Date.parse(to);
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
