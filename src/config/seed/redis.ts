import * as z from 'zod';
import type { ColumnDescription } from '../../core/data/description.ts';
import { columnReference, namesIn, placeholders } from '../../core/data/placeholders.ts';
import { durationMs } from '../../lib/duration.ts';
import { nonEmpty } from '../fields.ts';
import { column } from './column.ts';
import { count, lifetime, listOf, refuse, rows } from './fields.ts';

const fields = z.record(z.string(), column).refine((all) => Object.keys(all).length > 0, 'needs at least one field');

/** Wrapped, so that the published schema refers to the one definition of a column. */
function describedColumn(description: string) {
  return z.nonoptional(column).describe(description);
}

const LIFETIMES = 'has to be two durations, the shorter one first';

function isAscending([least, most]: readonly string[]): boolean {
  return (durationMs(least ?? '') ?? 0) <= (durationMs(most ?? '') ?? 0);
}

/** What is no number of the constants that a score may be. */
function textIn(score: ColumnDescription): string | undefined {
  const group = typeof score === 'object' && score !== null;
  const list = group && 'oneOf' in score ? score.oneOf : group || typeof score === 'function' ? [] : [score];
  const all = Array.isArray(list) ? list : Object.keys(list);
  const text = all.find((one) => one === null || one === '' || Number.isNaN(Number(one)));
  return text === undefined ? undefined : String(text);
}

/** Types of keys. */
export const kinds = {
  string: describedColumn('One text.'),
  hash: fields.describe('Its fields.'),
  list: z
    .strictObject({ length: count.describe('How many elements.'), of: describedColumn('What each of them is.') })
    .describe('Elements in order.'),
  set: z
    .strictObject({
      size: count.describe('How many members are drawn; those that are drawn twice count once.'),
      of: describedColumn('What each of them is.'),
    })
    .describe('Members without order.'),
  sortedSet: z
    .strictObject({
      size: count.describe('How many members are drawn; those that are drawn twice count once.'),
      of: describedColumn('What each of them is.'),
      score: describedColumn('The number that it is sorted by; a date counts in seconds since 1970.').superRefine(
        (score, context) => {
          const text = textIn(score as ColumnDescription);
          if (text !== undefined) refuse(context, `sorts by numbers, and \`${text}\` is none`);
        },
      ),
    })
    .describe('Members sorted by a number.'),
  stream: z
    .strictObject({ length: count.describe('How many entries.'), fields: fields.describe('Fields of each entry.') })
    .describe('Entries with the time of each.'),
};

export const redisKeys = z
  .strictObject({
    service: nonEmpty('a service').optional().describe('The Redis that gets them, where there are several.'),
    key: nonEmpty('a key')
      .refine((text) => placeholders(text) !== null, 'a key in which every { } holds a name')
      .describe('session:{users.id} is one for each row of a table; {n} counts from 0.'),
    count: rows.optional().describe('How many, where the key names no table.'),
    ttl: z
      .union([lifetime, z.tuple([lifetime, lifetime], LIFETIMES).refine(isAscending, LIFETIMES)], {
        error: 'is neither a duration, such as 30m, nor two of them',
      })
      .optional()
      .describe('How long they live, from now on: 30m, 1d, or between two of them.'),
    ...z.object(kinds).partial().shape,
  })
  .superRefine((keys, context) => {
    const given = Object.keys(kinds).filter((kind) => Object.hasOwn(keys, kind));
    if (given.length === 0) refuse(context, `says not of what type they are; known: ${Object.keys(kinds).join(', ')}`);
    if (given.length > 1) refuse(context, `says ${listOf(given)}, and a key has one type`);
    checkKey(keys.key, keys.count, context);
  });

/** That each key is another one, and that it is known how many there are. */
function checkKey(key: string, count: number | undefined, context: z.RefinementCtx): void {
  const names = namesIn(key);
  const tables = [...new Set(names.flatMap((name) => columnReference(name)?.table ?? []))];
  const unknown = names.find((name) => name !== 'n' && columnReference(name) === null);
  if (unknown !== undefined) return refuse(context, `{${unknown}} is neither {n} nor {table.column}`, ['key']);
  if (tables.length > 1) return refuse(context, `names ${listOf(tables)}: rows of one table make keys`, ['key']);
  if (tables.length === 1 && count !== undefined)
    return refuse(context, `has no say: there is a key for each row of \`${tables[0]}\``, ['count']);
  if (tables.length === 0 && names.length > 0 && count === undefined) return refuse(context, '`count` is missing');
  if (names.length === 0 && (count ?? 1) > 1) refuse(context, `is the same ${count} times: put {n} into it`, ['key']);
}
