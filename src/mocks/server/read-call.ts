import type { IncomingMessage } from 'node:http';
import { bytesOf } from '../../lib/routes.ts';
import type { Call } from '../provider.ts';
import type { Mount } from './server.ts';

type Below = Pick<Mount, 'prefix' | 'version'>;

/** Far above what the providers take themselves: images in a prompt are sent as text. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** A call below a mount's prefix, as its provider knows it; null for a body that is too large. */
export async function readCall(request: IncomingMessage, { prefix, version }: Below): Promise<Call | null> {
  const [path = '', query = ''] = splitOnce(request.url ?? '/', '?');
  const body = await bytesOf(request, MAX_BODY_BYTES);
  return (
    body && {
      method: request.method ?? 'GET',
      path: versioned((prefix === '/' ? path : path.slice(prefix.length)) || '/', version),
      query: new URLSearchParams(query),
      headers: headersOf(request),
      body,
    }
  );
}

function versioned(path: string, version: string | undefined): string {
  return version === undefined || path === '/' || /^\/v\d+(?:\/|$)/.test(path) ? path : version + path;
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
