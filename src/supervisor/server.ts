import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answer, bodyOf, type Handler, type Routes } from '../lib/routes.ts';
import { MAX_BODY_BYTES, PROTOCOL_VERSION, type SupervisorState } from './protocol.ts';
import { parseSpec } from './spec.ts';
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

function routesOf({ supervisor, subscribers, shutdown, ...parts }: ServerParts): Routes {
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
    [
      'PUT /processes/:name',
      async (request, _, name) => supervisor.start(parseSpec(await bodyOf(request, MAX_BODY_BYTES), name)),
    ],
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
