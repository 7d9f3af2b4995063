import * as z from 'zod';
import { AI_PROVIDERS } from '../core/mocks.ts';
import { nonEmpty, waited } from './fields.ts';

const FAULTS = ['rate-limit', 'server-error', 'overloaded', 'slow', 'cut'] as const;

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'isu');
    return true;
  } catch {
    return false;
  }
}

const match = z.strictObject({
  provider: z.enum(AI_PROVIDERS).optional().describe('Default: both.'),
  model: nonEmpty('a model').optional().describe('As it is asked for; * stands for any characters.'),
  contains: nonEmpty('a text').optional().describe('Contained in the last message of the user, in any case.'),
  matches: z
    .string()
    .refine(isPattern, 'a regular expression')
    .optional()
    .describe('A regular expression for the last message of the user, in any case.'),
  tool: nonEmpty('a name').optional().describe('A tool of this name is offered.'),
});

/** What a rule answers with: one of these. */
const ANSWERS = ['text', 'json', 'tool', 'fault'] as const;

const rule = z
  .strictObject({
    name: nonEmpty('a name').optional().describe('Shown in the log.'),
    match: match.optional().describe('Which calls it is for; all that is given must be so. Default: all calls.'),
    rate: z
      .number()
      .min(0, 'a share from 0 to 1')
      .max(1, 'a share from 0 to 1')
      .optional()
      .describe('Share of these calls that it applies to, drawn from the seed. Default: 1.'),
    text: z.string().optional().describe('The answer.'),
    json: z.unknown().optional().describe('The answer as JSON.'),
    tool: z
      .strictObject({
        name: nonEmpty('a name').describe('Of the tool.'),
        arguments: z.unknown().optional().describe('What it is called with.'),
      })
      .optional()
      .describe('The answer is a call of this tool.'),
    fault: z
      .enum(FAULTS)
      .optional()
      .describe('429, 500, 529 (503 of OpenAI), an answer that begins later, or one that is cut in the middle.'),
    after: waited.optional().describe('How much later with slow; when to try again with rate-limit.'),
  })
  .refine((keys) => ANSWERS.filter((key) => keys[key] !== undefined).length === 1, {
    error: `needs one answer: ${ANSWERS.join(', ')}`,
  })
  .refine(({ after, fault }) => after === undefined || fault === 'slow' || fault === 'rate-limit', {
    error: '`after` goes with the faults slow and rate-limit',
  });

export const rules = z.array(rule);

/** A file of `mocks/`. */
export const rulesFileSchema = z.strictObject({
  $schema: z.string().optional(),
  rules,
});

export type RuleInput = z.output<typeof rule>;
