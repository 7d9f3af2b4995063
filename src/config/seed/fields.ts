import * as z from 'zod';
import { durationMs } from '../../lib/duration.ts';
import { momentMs } from '../../lib/moment.ts';

/*
 * Agrees with core/data/description.ts, where the words are explained; a test compares the two. As in `../fields.ts`
 * messages are noun phrases; those of unions and of whole groups are sentences.
 */

const FROM_ZERO = 'a number from 0 on';

export const rows = z.int().min(0, FROM_ZERO);

const span = z
  .tuple([rows, rows], 'has to be two whole numbers, the smaller one first')
  .refine(([least, most]) => least <= most, 'has to be two whole numbers, the smaller one first');

export const count = z.union([rows, span, z.strictObject({ zipf: span.describe('Few often, many seldom.') })], {
  error: 'is neither a whole number, nor [least, most], nor { zipf: [least, most] }',
});

export const constant = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'is neither text nor a number, true, false or null',
});

export const duration = z
  .string()
  .refine((text) => durationMs(text) !== null, 'a duration, such as 2y, 30d, 12h or 90m');

/** That takes some time: Redis has no key that lives for none. */
export const lifetime = duration.refine(
  (text) => durationMs(text) !== 0,
  'a duration of more than 0, such as 30m or 1d',
);

/** A date, with or without a time, in ISO 8601. */
export function isMoment(text: string): boolean {
  return momentMs(text) !== null;
}

/** A whole group that contradicts itself. */
export function refuse(context: z.RefinementCtx, message: string, path: readonly string[] = []): void {
  context.addIssue({ code: 'custom', message, path: [...path], params: { sentence: true } });
}

/** `a`, `b` and `c` */
export function listOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
