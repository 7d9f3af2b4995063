import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FAULTS, FURTHEST_MS, PROVIDERS } from '../../core/mocks.ts';
import { answer, BadRequest, bodyOf, type Handler } from '../../lib/routes.ts';
import type { Host } from '../host.ts';
import type { Leading, LoggedCall, MocksState, WaitingFault, WhichDeliveries } from '../protocol.ts';
import type { CallLog } from './call-log.ts';
import { CONTROL_PREFIX } from './control-prefix.ts';

/** What devenv itself asks of the mocks; apps never come here. */
export interface Controlled {
  readonly log: CallLog;
  state(): Promise<MocksState>;
  /** Sends a call of the log again. False where it is no longer known. */
  replay(id: number): Promise<boolean>;
  readonly host: Host;
}

const MAX_BODY_BYTES = 64 * 1024;

/** Answers requests below CONTROL_PREFIX that bear the token. */
export function controlHandler(token: string, { log, host, state, replay }: Controlled) {
  const routes = new Map<string, Handler>([
    ['GET /state', () => state()],
    ['GET /calls', (request, response) => listCalls(log, request, response)],
    ['GET /calls/:name', (_request, _response, id) => log.whole(Number(id)) ?? unknownCall(id)],
    ['POST /calls/:name/replay', async (_request, _response, id) => (await replay(Number(id))) || unknownCall(id)],
    ['POST /life', async (request) => host.lead(await leadingOf(request)).then(() => true)],
    ['POST /clock', async (request) => host.moveClock(await momentOf(request, await host.now())).then(() => state())],
    ['POST /deliveries', async (request) => host.deliveries(await whichOf(request))],
    ['POST /events/:name/resend', async (_request, _response, event) => (await host.resend(event)) || unknown(event)],
    [
      'POST /faults',
      async (request) => {
        const fault = await faultOf(request);
        const mocked = host.mounts.map(({ provider }) => provider.name);
        if (fault.provider !== null && !mocked.includes(fault.provider)) throw new BadRequest(404, 'it is not mocked');
        host.faults.add(fault);
        return state();
      },
    ],
    [
      'DELETE /faults',
      () => {
        host.faults.clear();
        return state();
      },
    ],
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

async function momentOf(request: IncomingMessage, now: number): Promise<number> {
  const { to } = await objectOf(request);
  if (typeof to !== 'number' || !Number.isSafeInteger(to)) throw new BadRequest(400, 'to has to be a time');
  if (to - now > FURTHEST_MS) throw new BadRequest(400, 'to is too far ahead');
  return to;
}

async function leadingOf(request: IncomingMessage): Promise<Leading> {
  const { life, same } = await objectOf(request);
  if (typeof life !== 'string' || life === '' || life.length > 100) throw new BadRequest(400, 'life has to be a name');
  return { life, same: same === true };
}

async function whichOf(request: IncomingMessage): Promise<WhichDeliveries> {
  const { events, last } = await objectOf(request);
  return {
    ...(Array.isArray(events) && { events: events.map(String) }),
    ...(typeof last === 'number' && Number.isSafeInteger(last) && { last }),
  };
}

async function faultOf(request: IncomingMessage): Promise<WaitingFault> {
  const { provider, kind, times } = await objectOf(request);
  const name = provider === null ? null : PROVIDERS.find((one) => one === provider);
  const found = FAULTS.find((one) => one === kind);
  if (name === undefined) throw new BadRequest(400, `provider has to be one of ${PROVIDERS.join(', ')}, or null`);
  if (!found) throw new BadRequest(400, `kind has to be one of ${FAULTS.join(', ')}`);
  if (!Number.isSafeInteger(times) || Number(times) < 1) throw new BadRequest(400, 'times has to be a number above 0');
  return { provider: name, kind: found, times: Number(times) };
}

async function objectOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await bodyOf(request, MAX_BODY_BYTES)) as Readonly<Record<string, unknown>>;
}

function unknownCall(id: string): never {
  throw new BadRequest(404, `there is no call ${id}; the log keeps the last ones, and of large ones only a part`);
}

function unknown(event: string): never {
  throw new BadRequest(404, `no endpoint was told of an event ${event}`);
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
