import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Answer, type Call, jsonAnswer, type Provider } from '../provider.ts';
import { KEPT_TO_SHOW_BYTES } from './call-log.ts';
import { CONTROL_PREFIX } from './control-prefix.ts';
import { readCall } from './read-call.ts';
import { respond } from './respond.ts';

/** Where a provider is found on the mocks' address. `/` takes all that no other has, and stands last. */
export interface Mount {
  readonly prefix: string;
  /** Such as `/v1`: stands before a path that names none, as of clients that take it for a part of the address. */
  readonly version?: string;
  readonly provider: Provider;
}

export interface ServerParts {
  readonly mounts: readonly Mount[];
  /** Answers what is below CONTROL_PREFIX. */
  readonly control?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Milliseconds since 1970, of the wall: when calls really happen. */
  readonly wallClock: () => number;
  /** Told of each call when its answer has ended. */
  readonly called: (happened: Happened) => void;
  /** What is no caller's mistake: our bug, or a disk that is full. */
  readonly failed: (error: unknown) => void;
}

/** A call that has been answered. */
export interface Happened {
  readonly provider: Provider;
  readonly call: Call;
  readonly answer: Answer;
  /** Wall clock. */
  readonly atMs: number;
  readonly tookMs: number;
  /** What was sent, up to KEPT_TO_SHOW_BYTES. */
  readonly sent: string;
  /** False where the caller left before the end, or the answer was cut as the rules of the mock had it. */
  readonly whole: boolean;
}

/** What a server answers with over TLS, both PEM. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
}

/** The mocks' HTTP server; not listening yet. */
export function createMockServer(parts: ServerParts, tls: Tls | null = null): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    serve(parts, request, response).catch((error: unknown) => {
      parts.failed(error);
      // Half an answer must not look like a whole one.
      if (response.headersSent) return void response.destroy();
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { type: 'api_error', message: 'the mock failed; see devenv logs mocks' } }));
    });
  };
  const server = tls === null ? createServer(answer) : createTlsServer(tls, answer);
  // Clients keep connections for minutes, and one that the server closes first costs them a failed call.
  server.keepAliveTimeout = 10 * 60_000;
  return server;
}

async function serve(
  { mounts, control, wallClock, called }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (control && isBelow(request.url ?? '/', CONTROL_PREFIX)) return control(request, response);
  const atMs = wallClock();
  const mount = mounts.find(({ prefix }) => isBelow(request.url ?? '/', prefix));
  const left = leftBy(response);
  const call = mount && (await readCall(request, mount).catch(nullWhen(left)));
  if (left.aborted) return;
  if (!mount || !call) {
    const told = { summary: mount ? 'too large' : 'nothing here' };
    const message = mount ? 'the body is too large' : 'no mock has this path; devenv env tells the addresses';
    await respond(response, jsonAnswer(mount ? 413 : 404, { error: { message } }, told), { keep: () => {}, left });
    return;
  }
  const answer = await mount.provider.answer(call, left);
  const { provider } = mount;
  let sent = '';
  const keep = (data: string | Uint8Array): void => {
    if (sent.length < KEPT_TO_SHOW_BYTES) sent += typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
  };
  let whole = false;
  try {
    ({ whole } = await respond(response, answer, { keep, left }));
  } finally {
    // Also where what another server sends has ended in its middle.
    called({
      provider,
      call,
      answer,
      atMs,
      tookMs: wallClock() - atMs,
      sent: sent.slice(0, KEPT_TO_SHOW_BYTES),
      whole,
    });
  }
}

/** Aborted when the caller goes before he has all of his answer. */
function leftBy(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}

/** A caller who goes while he still sends is nobody's mistake. */
function nullWhen(left: AbortSignal) {
  return (error: unknown): null => {
    if (left.aborted || (error as NodeJS.ErrnoException).code === 'ECONNRESET') return null;
    throw error;
  };
}

function isBelow(url: string, prefix: string): boolean {
  return prefix === '/' || url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`);
}
