import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../core/errors.ts';
import { MAX_BODY_BYTES, PROTOCOL_VERSION, type SupervisorState } from './protocol.ts';
import { BadRequest, parseSpec } from './spec.ts';
import type { Subscribers } from './subscribers.ts';
import type { Supervisor } from './supervisor.ts';

export interface ServerParts {
  readonly environment: string;
  readonly startedAt: string;
  readonly supervisor: Supervisor;
  readonly subscribers: Subscribers;
  /** Called once per request to shut down; the response stays open until the process is gone. */
  readonly shutdown: () => void;
  /** Called after each answer. */
  readonly answered: () => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse, name: string) => Promise<unknown> | unknown;

/** The protocol of protocol.ts. */
export function createSupervisorServer(parts: ServerParts): Server {
  const routes = routesOf(parts);
  const server = createServer((request, response) => {
    response.on('close', parts.answered);
    void answer(routes, request, response);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  return server;
}

/** `METHOD path`, with `:name` for the second part. A handler that returns undefined has answered by itself. */
function routesOf({ supervisor, subscribers, shutdown, ...parts }: ServerParts): ReadonlyMap<string, Handler> {
  const state = (): SupervisorState => ({
    environment: parts.environment,
    pid: process.pid,
    version: PROTOCOL_VERSION,
    startedAt: parts.startedAt,
    processes: supervisor.statuses,
  });
  return new Map<string, Handler>([
    ['GET /state', state],
    ['GET /events', (request, response) => follow(request, response)],
    ['PUT /processes/:name', async (request, _, name) => supervisor.start(parseSpec(await bodyOf(request), name))],
    ['DELETE /processes/:name', (_request, _response, name) => supervisor.remove(name)],
    ['POST /processes/:name/stop', (_request, _response, name) => supervisor.stop(name)],
    ['POST /processes/:name/restart', (_request, _response, name) => supervisor.restart(name)],
    ['POST /shutdown', (_request, response) => leave(response)],
  ]);

  function leave(response: ServerResponse): void {
    response.writeHead(200).flushHeaders();
    shutdown();
  }

  function follow(request: IncomingMessage, response: ServerResponse): void {
    const logs = new URL(request.url ?? '', 'http://socket').searchParams.get('logs') !== 'no';
    subscribers.add(response, { logs }, supervisor.currentEvents());
  }
}

async function answer(routes: ReadonlyMap<string, Handler>, request: IncomingMessage, response: ServerResponse) {
  try {
    const { route, name } = routeOf(request);
    const handler = routes.get(route);
    if (!handler) throw new BadRequest(404, 'there is no such route');
    const result = await handler(request, response, name);
    if (result !== undefined) send(response, 200, result);
  } catch (error) {
    send(response, error instanceof BadRequest ? error.status : 500, { error: messageOf(error) });
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
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(new BadRequest(413, `the body is larger than ${MAX_BODY_BYTES} bytes`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}
