import * as z from 'zod';
import { holdsKey } from '../core/guard/find.ts';
import { durationMs } from '../lib/duration.ts';

/*
 * Messages are noun phrases for what the value should be: "`9db` is not a name: …". Sentences belong to unions alone.
 */

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const NAME_MESSAGE = 'a name: lower-case letters, digits and single dashes, a letter first, at most 31 characters';

/** Names of services and processes are also names in DNS. */
export const name = z.string().regex(NAME, NAME_MESSAGE).max(31, NAME_MESSAGE);

const PORT = 'a port, a whole number from 1 to 65535';

export const port = z.int().min(1, PORT).max(65_535, PORT);

const SECONDS = 'a number of seconds from 1 to 3600';

export const seconds = z.number().min(1, SECONDS).max(3600, SECONDS);

/** For whatever says nothing else to be ready. */
export const READY_SECONDS = 60;

export const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of a variable: letters, digits and _')
  .refine((text) => !holdsKey(text), 'the name of a variable, which a live key is not');

export const env = z.record(
  variableName,
  z
    .union([z.string(), z.number(), z.boolean()], { error: 'is neither text nor a number, true or false' })
    .transform(String)
    .optional(),
);

export const needs = z.array(z.string());

/** For which somebody holds a connection open: what is longer no client waits for. */
const MOST_WAITED_MS = 3_600_000;

export const waited = z
  .string()
  .refine(
    (text) => (durationMs(text) ?? Number.POSITIVE_INFINITY) <= MOST_WAITED_MS,
    'a duration such as 200ms or 2s, at most 1h',
  );

export function nonEmpty(message: string) {
  return z.string().regex(/\S/, message);
}

/** Of a container: a list, or a text without anything that a shell would have to take apart. */
export const commandList = z
  .union([z.array(z.string()), z.string().regex(/^[^'"\\$`|&;<>(){}*?]*$/)], {
    error: 'is a list of words, or a text without quotes and other characters that a shell would read',
  })
  .transform((command) => (typeof command === 'string' ? command.split(/\s+/).filter((word) => word !== '') : command));
