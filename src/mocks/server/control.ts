import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, BadRequest, bodyOf, type Handler } from '../../lib/routes.ts';
import type { MocksState } from '../protocol.ts';
import type { CallLog, LoggedCall } from './call-log.ts';
import { CONTROL_PREFIX } from './control-prefix.ts';

/** What devenv itself asks of the mocks; apps never come here. */
export interface Controlled {
  readonly log: CallLog;
  state(): MocksState;
  /** Sends a call of the log again. False where it is no longer known. */
  replay(id: number): Promise<boolean>;
  /** Everything that falls due until then happens, in its order. Resolves when it has. */
  moveClock(toMs: number): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024;

/** Answers requests below CONTROL_PREFIX that bear the token. */
export function controlHandler(token: string, mocks: Controlled) {
  const routes = new Map<string, Handler>([
    ['GET /state', () => mocks.state()],
    ['GET /calls', (request, response) => listCalls(mocks.log, request, response)],
    ['GET /calls/:name', (_request, _response, id) => mocks.log.whole(Number(id)) ?? unknownCall(id)],
    [
      'POST /calls/:name/replay',
      async (_request, _response, id) => (await mocks.replay(Number(id))) || unknownCall(id),
    ],
    ['POST /clock', async (request) => mocks.moveClock(await momentOf(request)).then(() => mocks.state())],
  ]);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
      response.writeHead(401, { connection: 'close' }).end();
      return;
    }
    request.url = (request.url ?? '').slice(CONTROL_PREFIX.length);
    await answer(routes, request, response);
  };
}

/** One call a line; with `follow` also those that come. */
function listCalls(log: CallLog, request: IncomingMessage, response: ServerResponse): void {
  const follow = new URL(request.url ?? '', 'http://mocks').searchParams.has('follow');
  const line = (call: LoggedCall): string => `${JSON.stringify(call)}\n`;
  response.writeHead(200, { 'content-type': 'application/x-ndjson', connection: 'close' });
  response.flushHeaders();
  response.write(log.all().map(line).join(''));
  if (!follow) {
    response.end();
    return;
  }
  const end = log.follow((call) => {
    // One who doesn't read is let go: what waits for him would grow without an end.
    if (response.writableLength > 4 * 1024 * 1024) response.destroy();
    else response.write(line(call));
  });
  response.on('close', end);
}

async function momentOf(request: IncomingMessage): Promise<number> {
  const body = JSON.parse(await bodyOf(request, MAX_BODY_BYTES)) as { to?: unknown };
  if (typeof body.to !== 'number' || !Number.isSafeInteger(body.to)) throw new BadRequest(400, 'to has to be a time');
  return body.to;
}

function unknownCall(id: string): never {
  throw new BadRequest(404, `there is no call ${id}; the log keeps the last ones, and of large ones only a part`);
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
