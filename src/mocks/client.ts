import { nullOnSilence, open, type RequestOptions, readLines, textOf } from '../lib/door.ts';
import type {
  EventDelivery,
  Leading,
  LoggedCall,
  MocksState,
  WaitingFault,
  WhichDeliveries,
  WholeCall,
} from './protocol.ts';
import { CONTROL_PREFIX } from './server/control-prefix.ts';

/** Far above any line: of a call the log lists what was decided, not what was sent. */
const MAX_LINE_BYTES = 1024 * 1024;

/** The door of an environment's mocks that is devenv's own. Every call is one request: there is nothing to close. */
export interface MocksClient {
  /** Null when nobody answers. */
  state(): Promise<MocksState | null>;
  /** The log; with `follow` also what comes, until the signal is aborted or the mocks go. */
  calls(options: { readonly follow: boolean; readonly signal: AbortSignal }): AsyncIterable<LoggedCall>;
  /** Null for a call that the log no longer knows, as for all that follow. */
  whole(id: number): Promise<WholeCall | null>;
  replay(id: number): Promise<true | null>;
  /** Webhooks: which events were told to whom, and how the app replied. */
  deliveries(which: WhichDeliveries): Promise<readonly EventDelivery[]>;
  /** Tells an event once more to all who were told. Null for one that nobody was told. */
  resend(event: string): Promise<true | null>;
  /** What the next calls are to meet, after what waits already. Null where that provider is not mocked. */
  fail(fault: WaitingFault): Promise<MocksState | null>;
  /** None of what waits is to happen. */
  forgive(): Promise<MocksState | null>;
  /** Resolves when all that falls due until then has happened. */
  moveClock(toMs: number): Promise<MocksState | null>;
  /** As `Lives.lead`, between two calls. False where nobody answers for the mocks. */
  lead(life: Leading): Promise<boolean>;
}

export function mocksClient({ port, token }: { readonly port: number; readonly token: string }): MocksClient {
  const door = { port, token };
  const ask = <T>(path: string, options?: RequestOptions) => call<T>(door, `${CONTROL_PREFIX}${path}`, options);
  return {
    state: () => ask<MocksState>('/state').catch(nullOnSilence),
    calls: ({ follow, signal }) => callsOf(door, follow, signal),
    whole: (id) => ask<WholeCall>(`/calls/${id}`),
    replay: (id) => ask<true>(`/calls/${id}/replay`, { method: 'POST' }),
    deliveries: async (which) =>
      (await ask<readonly EventDelivery[]>('/deliveries', { method: 'POST', body: which })) ?? [],
    resend: (event) => ask<true>(`/events/${encodeURIComponent(event)}/resend`, { method: 'POST' }),
    fail: (fault) => ask<MocksState>('/faults', { method: 'POST', body: fault }),
    forgive: () => ask<MocksState>('/faults', { method: 'DELETE' }),
    lead: async (life) => (await ask<true>('/life', { method: 'POST', body: life }).catch(nullOnSilence)) !== null,
    moveClock: (to) => ask<MocksState>('/clock', { method: 'POST', body: { to } }),
  };
}

async function* callsOf(
  door: Parameters<typeof open>[0],
  follow: boolean,
  signal: AbortSignal,
): AsyncIterable<LoggedCall> {
  const path = `${CONTROL_PREFIX}/calls${follow ? '?follow' : ''}`;
  for await (const line of readLines(door, path, { maxLineBytes: MAX_LINE_BYTES, signal })) {
    yield JSON.parse(line) as LoggedCall;
  }
}

async function call<T>(door: Parameters<typeof open>[0], path: string, options?: RequestOptions): Promise<T | null> {
  const response = await open(door, path, options);
  const text = await textOf(response);
  if (response.statusCode === 200) return JSON.parse(text) as T;
  if (response.statusCode === 404) return null;
  throw new Error(`the mocks refused ${path}: ${response.statusCode} ${text}`);
}
