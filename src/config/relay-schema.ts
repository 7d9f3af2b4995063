import * as z from 'zod';
import { nonEmpty, variableName } from './fields.ts';

export const mode = z
  .enum(['mock', 'record', 'replay'])
  .default('mock')
  .describe(
    'Who answers: the mock; the provider itself, and what it says is kept in mocks/recordings; or what was kept.',
  );

export const paymentsMode = z
  .enum(['mock', 'record', 'replay', 'sandbox'])
  .default('mock')
  .describe(
    'Who answers: the mock; Stripe’s test mode, and what it says is kept in mocks/recordings; what was kept; or the test mode with nothing kept.',
  );

const keySource = z
  .strictObject({
    command: z
      .array(nonEmpty('a word'))
      .min(1, 'has to be a program and its arguments')
      .optional()
      .describe('Prints the key: a program and its arguments, such as [op, read, "op://dev/openai/key"].'),
    file: z
      .string()
      .regex(/^(?:\/|~\/)./, 'a path from the root or from ~, outside of the project')
      .optional()
      .describe('Holds the key and nothing else; outside of the project.'),
    variable: variableName
      .optional()
      .describe('Holds the key, in the shell, .env.local or .env; nothing that devenv starts is given it.'),
  })
  .refine(
    ({ command, file, variable }) => [command, file, variable].filter((source) => source !== undefined).length === 1,
    'has to name one of `command`, `file` and `variable`',
  );

export const keySources = z
  .strictObject({
    openai: keySource.optional().describe('Of OpenAI.'),
    anthropic: keySource.optional().describe('Of Anthropic.'),
    stripe: keySource.optional().describe('Of Stripe: a test key.'),
  })
  .describe('Where the providers’ own keys come from, for `record` and `sandbox`.');

export type KeySourceInput = z.output<typeof keySource>;
