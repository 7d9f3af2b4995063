import * as z from 'zod';
import { DUNNING_ENDS } from '../core/mocks.ts';
import { duration, nonEmpty } from './fields.ts';
import { rules } from './mocks-rules.ts';
import { keySources, mode, paymentsMode } from './relay-schema.ts';

const DAY = 'a day such as 2026-01-15, or a time such as 2026-01-15T12:00:00Z';
const moment = z.string().refine((text) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)), DAY);

const above0 = (message: string) => z.number().positive(message);

/** A process or service, and a path of it. */
export const WEBHOOK = /^([a-z][a-z0-9-]*)(\/[^\s?#]*)$/;

const ai = z.strictObject({
  openai: mode,
  anthropic: mode,
  latency: z
    .strictObject({
      ttft: duration.default('0ms').describe('Until the first token.'),
      tokensPerSecond: above0('a number above 0').optional().describe('How fast an answer goes on. Default: at once.'),
    })
    .prefault({})
    .describe('How long answers take.'),
  budget: z
    .strictObject({ tokens: z.int('a whole number').positive('a number above 0').describe('How many.') })
    .optional()
    .describe('Tokens that the environment may use, asked and answered, before it is refused as by the provider.'),
  models: z
    .array(nonEmpty('a model'))
    .optional()
    .describe('Models that may be asked for; any other is refused as by the provider. Default: all.'),
  rules: rules
    .default([])
    .describe('Fixed answers and faults; the first that applies decides. Those of mocks/*.yaml come after.'),
});

const payments = z.strictObject({
  stripe: paymentsMode,
  webhook: z
    .string()
    .regex(WEBHOOK, 'a process and a path of it, such as web/webhooks/stripe')
    .optional()
    .describe('Where events go to, signed: a process and a path of it, such as web/webhooks/stripe.'),
  dunning: z
    .strictObject({
      end: z
        .enum(DUNNING_ENDS)
        .default('canceled')
        .describe('What a subscription is after the last attempt to collect an invoice.'),
    })
    .prefault({})
    .describe('How invoices are collected that are not paid.'),
  byName: z
    .boolean()
    .default(false)
    .describe('With Docker: in containers of plain images api.stripe.com leads to the mock. It takes port 443.'),
});

export const mocksSchema = z.strictObject({
  seed: z
    .union([z.string(), z.int()], { error: 'is neither a whole number nor text' })
    .default(1)
    .describe('Ids and answers follow from it: the same calls get the same bytes.'),
  now: moment
    .optional()
    .describe(
      'Where the clock of the mocks begins. Default: the beginning of the day (UTC) on which their data begins.',
    ),
  ai: ai.optional().describe('OpenAI and Anthropic.'),
  payments: payments.optional().describe('Stripe.'),
  keys: keySources.optional(),
});
