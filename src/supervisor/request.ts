import { request as httpRequest, type IncomingMessage } from 'node:http';
import { UserError } from '../core/errors.ts';

export interface CallOptions {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request over a unix socket; resolves as soon as the answer begins. */
export function open(socketPath: string, path: string, options: CallOptions = {}): Promise<IncomingMessage> {
  const { method = 'GET', body, signal } = options;
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ socketPath, path, method, agent: false, ...(signal ? { signal } : {}) }, resolve);
    // Not once: an abort after the answer has begun may be told here again.
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The whole answer as JSON. Throws a UserError for a process that isn't there, or a supervisor that is leaving. */
export async function call<T>(socketPath: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await open(socketPath, path, options);
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

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
  return text;
}

/** For `catch`: null when nobody listens, or whoever did has gone or is stuck. Throws everything else again. */
export function nullOnSilence(error: unknown): null {
  const { code = '', name } = error as NodeJS.ErrnoException;
  const silent = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code);
  if (silent || name === 'AbortError' || name === 'TimeoutError') return null;
  throw error;
}
