import type { IncomingMessage, ServerResponse } from 'node:http';

/** Refusal of a request; `status` is the HTTP status. */
export class BadRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'BadRequest';
    this.status = status;
  }
}

/** Its result is the answer; one that returns undefined has answered by itself. */
export type Handler = (request: IncomingMessage, response: ServerResponse, name: string) => Promise<unknown> | unknown;

/** `METHOD /path`, with `:name` for the second part of the path. */
export type Routes = ReadonlyMap<string, Handler>;

/** Answers with JSON, also for what is refused. */
export async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { route, name } = routeOf(request);
    const handler = routes.get(route);
    if (!handler) throw new BadRequest(404, 'there is no such route');
    const result = await handler(request, response, name);
    if (result !== undefined) send(response, 200, result);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send(response, error instanceof BadRequest ? error.status : 500, { error: message });
  }
}

function routeOf(request: IncomingMessage): { route: string; name: string } {
  const [path = ''] = (request.url ?? '').split('?');
  const [, first = '', second, ...rest] = path.split('/');
  const pattern = second === undefined ? [first] : [first, ':name', ...rest];
  return { route: `${request.method} /${pattern.join('/')}`, name: nameOf(second ?? '') };
}

function nameOf(encoded: string): string {
  try {
    const name = decodeURIComponent(encoded);
    if (name.length <= 100 && !name.includes('\0')) return name;
  } catch {
    // Reported below, with the names that are too long.
  }
  throw new BadRequest(400, 'malformed name');
}

/** What is too large is read to its end but not kept: a connection that is cut would never see the answer. */
export async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<string> {
  const body = await bytesOf(request, maxBytes);
  if (body === null) throw new BadRequest(413, `the body is larger than ${maxBytes} bytes`);
  return body.toString('utf8');
}

/** Null for a body that is larger. */
export function bytesOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => resolve(size > maxBytes ? null : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}
