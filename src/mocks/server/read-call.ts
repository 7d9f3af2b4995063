import type { IncomingMessage } from 'node:http';
import { bytesOf } from '../../lib/routes.ts';
import type { Call } from '../provider.ts';

/** Far above what the providers take themselves: images in a prompt are sent as text. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Null for a body that is too large. */
export async function readCall(request: IncomingMessage, prefix: string): Promise<Call | null> {
  const [path = '', query = ''] = splitOnce(request.url ?? '/', '?');
  const body = await bytesOf(request, MAX_BODY_BYTES);
  return (
    body && {
      method: request.method ?? 'GET',
      path: (prefix === '/' ? path : path.slice(prefix.length)) || '/',
      query: new URLSearchParams(query),
      headers: headersOf(request),
      body,
    }
  );
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) found[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return found;
}

function splitOnce(text: string, at: string): [string, string?] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
