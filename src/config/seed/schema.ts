import * as z from 'zod';
import { nonEmpty } from '../fields.ts';
import { column } from './column.ts';
import { count, isMoment, refuse, rows } from './fields.ts';
import { redisKeys } from './redis.ts';

export const table = z
  .strictObject({
    rows: rows.optional().describe('How many rows.'),
    perParent: z
      .strictObject({
        table: nonEmpty('the name of a table').describe('A table that this one refers to.'),
        count: count.describe('How many for each of its rows: 3, [0, 5], or { zipf: [0, 50] }.'),
      })
      .optional()
      .describe('As many rows for each row of another table, those that were there before included.'),
    columns: z
      .record(z.string(), column)
      .optional()
      .describe('What matters in them; the rest follows from the schema.'),
  })
  .superRefine(({ rows, perParent }, context) => {
    if (rows !== undefined && perParent) refuse(context, 'says `rows` and `perParent`, and only one can say how many');
  });

/** A file in `seeds/`. */
export const seedSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of this schema, for editors.'),
  seed: z
    .union([z.number(), z.string()], { error: 'is neither a number nor text' })
    .optional()
    .describe('The same seed gives the same rows. Default: 1.'),
  locale: z
    .string()
    .regex(/^[a-z]{2,4}(?:_[A-Za-z]+)*$/, 'a locale of faker, such as en, de or pt_BR')
    .optional()
    .describe('Language and country of names, addresses and the like, one of faker’s. Default: en.'),
  now: z
    .string()
    .refine(isMoment, 'a moment in ISO 8601, such as 2026-01-31T12:00:00Z')
    .optional()
    .describe(
      'What dates are relative to, ISO 8601. Default: a fixed moment, so that the same seed gives the same dates.',
    ),
  triggers: z.boolean().optional().describe('Whether triggers run. Default: true.'),
  use: z
    .array(nonEmpty('the name of a pack'))
    .optional()
    .describe('Ready packs, such as shop: what they say of tables comes first, what is said here wins.'),
  rows: rows.optional().describe('How many rows a table gets that isn’t named. Default: none.'),
  tables: z.record(z.string(), table).optional().describe('By name; schema.table outside of the search path.'),
  redis: z.record(z.string(), redisKeys).optional().describe('Keys of the Redis services.'),
});
