import { request as httpRequest, type IncomingMessage } from 'node:http';
import { LineSplitter } from './lines.ts';

/** Where a background process of ours answers: a socket of its user's alone, or a port that asks for a token. */
export type Door = { readonly socketPath: string } | { readonly port: number; readonly token: string };

export interface RequestOptions {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request; resolves as soon as the answer begins. */
export function open(door: Door, path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
  const { method = 'GET', body, signal } = options;
  const place =
    'socketPath' in door ? door : { ...atPort(door.port), headers: { authorization: `Bearer ${door.token}` } };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ ...place, path, method, agent: false, ...(signal ? { signal } : {}) }, resolve);
    // Not once: an abort after the answer has begun may be told here again.
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function atPort(port: number) {
  return { host: '127.0.0.1', port };
}

/** The lines of an answer that goes on. Ends, without an error, when the signal is aborted or the other side goes. */
export async function* readLines(
  door: Door,
  path: string,
  { maxLineBytes, signal }: { readonly maxLineBytes: number; readonly signal: AbortSignal },
): AsyncGenerator<string> {
  if (signal.aborted) return;
  const response = await open(door, path, { signal }).catch(nullOnSilence);
  if (!response) return;
  const splitter = new LineSplitter(maxLineBytes);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) yield* splitter.push(chunk);
  } catch (error) {
    nullOnSilence(error);
  } finally {
    response.destroy();
  }
}

export async function textOf(response: IncomingMessage): Promise<string> {
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
