import type { IncomingMessage } from 'node:http';
import type { Call } from '../provider.ts';

/** Far above what the providers take themselves: images in a prompt are sent as text. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Null for a body that is too large; it is read to its end, because a connection that is cut never sees the answer. */
export async function readCall(request: IncomingMessage, prefix: string): Promise<Call | null> {
  const [path = '', query = ''] = splitOnce(request.url ?? '/', '?');
  const body = await bodyOf(request);
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

function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => resolve(size > MAX_BODY_BYTES ? null : Buffer.concat(chunks)));
    request.on('error', reject);
  });
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
