import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Emit } from '../../core/events.ts';
import type { EventDelivery, LoggedCall, MocksSeen, WholeCall } from '../../core/mocks.ts';
import type { Stack } from '../../core/stack.ts';
import type { Bell } from '../../lib/bell.ts';
import { type MocksClient, mocksClient } from '../../mocks/client.ts';

export interface WatchMocksOptions {
  /** The stack as its files make it now; null while that isn't known yet. */
  readonly stack: () => Promise<Stack | null>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Rung when something may have changed. */
  readonly bell: Bell;
  /** Number of the call that somebody looks at, of those that were told. */
  readonly selected: () => number | null;
}

/** As many as the mocks themselves keep. */
const KEPT_CALLS = 1_000;
/** Between two looks, however much happens. */
const LEAST_MS = 100;
/** What no call tells: webhooks that are tried again, a clock that was moved. */
const LOOK_MS = 1_000;
/** Until the mocks answer. */
const AGAIN_MS = 2_000;
/** Nothing is mocked; that changes with the configuration. */
const SELDOM_MS = 30_000;

const NOTHING: MocksSeen = { mocked: false, state: null, calls: [], deliveries: [], whole: null };

/** Tells what is called of the mocks until the signal is aborted, over their ends and new beginnings. */
export async function watchMocks(options: WatchMocksOptions): Promise<void> {
  const { bell, emit, signal } = options;
  let seen = NOTHING;
  while (!signal.aborted) {
    const stack = await options.stack().catch(() => null);
    if (stack?.mocks) {
      seen = (await watchOnes(stack, stack.mocks, options)) ?? { ...seen, mocked: true, state: null };
    } else if (stack) seen = NOTHING;
    if (signal.aborted) return;
    if (stack) emit({ type: 'mocks', seen });
    await bell.wait(stack && !stack.mocks ? SELDOM_MS : AGAIN_MS, signal);
  }
}

/** Until these go; gives what was seen last, null where they didn't answer. */
async function watchOnes(
  { environment }: Stack,
  { port, control }: NonNullable<Stack['mocks']>,
  { emit, signal, bell, selected }: WatchMocksOptions,
): Promise<MocksSeen | null> {
  const client = mocksClient({ port, token: control.reveal() });
  if ((await client.state().catch(() => null))?.environment !== environment.id) return null;
  const gone = new AbortController();
  const either = AbortSignal.any([signal, gone.signal]);
  const come: LoggedCall[] = [];
  const reading = read(client, either, (call) => {
    come.push(call);
    if (come.length > KEPT_CALLS) come.shift();
    bell.ring();
  }).finally(() => {
    gone.abort();
    bell.ring();
  });
  let seen: MocksSeen = { ...NOTHING, mocked: true };
  let told: MocksSeen | null = null;
  const tell = (next: MocksSeen): void => {
    seen = next;
    if (!either.aborted && !isSame(seen, told)) emit({ type: 'mocks', seen });
    told = seen;
  };
  try {
    while (!either.aborted) {
      const state = await client.state();
      if (!state) break;
      const calls = come.length > 0 ? [...seen.calls, ...come.splice(0)].slice(-KEPT_CALLS) : seen.calls;
      tell({ ...seen, state, calls });
      tell({ ...seen, ...(await looked(client, seen, selected())) });
      await sleep(LEAST_MS, undefined, { signal: either }).catch(() => {});
      await bell.wait(LOOK_MS, either);
    }
  } catch {
    // They have gone in the middle of an answer.
  }
  gone.abort();
  await reading;
  return { ...seen, state: null };
}

async function read(client: MocksClient, signal: AbortSignal, take: (call: LoggedCall) => void): Promise<void> {
  try {
    for await (const call of client.calls({ follow: true, signal })) take(call);
  } catch {
    // They are asked again, from the first call that they keep.
  }
}

/** What the log of the calls alone doesn't tell. */
async function looked(
  client: MocksClient,
  { calls, whole }: MocksSeen,
  id: number | null,
): Promise<{ readonly deliveries: readonly EventDelivery[]; readonly whole: WholeCall | null }> {
  const last = await client.deliveries({});
  const { events = [] } = calls.find((call) => call.id === id) ?? {};
  const missing = events.filter((event) => !last.some((delivery) => delivery.event === event));
  const earlier = missing.length > 0 ? await client.deliveries({ events: missing }) : [];
  return {
    deliveries: [...earlier, ...last],
    whole: id === null || whole?.id === id ? whole : await client.whole(id),
  };
}

/** Calls never change: it is enough whether the last one is the same. */
function isSame({ calls, ...seen }: MocksSeen, told: MocksSeen | null): boolean {
  if (!told || calls !== told.calls) return false;
  const { calls: _, ...before } = told;
  return isDeepStrictEqual(seen, before);
}
