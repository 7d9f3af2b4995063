import type { IncomingMessage } from 'node:http';
import { UserError } from '../core/errors.ts';
import { open, type RequestOptions, textOf } from '../lib/door.ts';

/** The whole answer as JSON. Throws a UserError for a process that isn't there, or a supervisor that is leaving. */
export async function call<T>(socketPath: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await open({ socketPath }, path, options);
  const text = await textOf(response);
  if (response.statusCode === 200) return JSON.parse(text) as T;
  const { error } = JSON.parse(text) as { error: string };
  if (response.statusCode === 404) throw new UserError(error, { hints: ['devenv status lists what there is.'] });
  if (response.statusCode === 503) throw new UserError(error, { hints: ['Try again in some seconds.'] });
  throw new Error(`the supervisor refused ${options.method ?? 'GET'} ${path}: ${error}`);
}

/** Reads to the end; a connection that breaks off ends it too. */
export async function untilClosed(response: IncomingMessage): Promise<void> {
  await textOf(response).catch(() => {});
}
