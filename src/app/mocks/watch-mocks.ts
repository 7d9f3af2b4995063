import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Emit } from '../../core/events.ts';
import { type EventDelivery, LOG_CALLS, type LoggedCall, type MocksSeen, type WholeCall } from '../../core/mocks.ts';
import type { Stack } from '../../core/stack.ts';
import type { Bell } from '../../lib/bell.ts';
import type { MocksClient } from '../../mocks/client.ts';
import { clientOf } from './client-of.ts';

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

/** Between two looks, however much happens. */
const LEAST_MS = 100;
/** While webhooks are under way, of which no call tells. */
const SOON_MS = 1_000;
/** For what other terminals do: a clock that was moved. */
const LOOK_MS = 3_000;
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
  mocks: NonNullable<Stack['mocks']>,
  { emit, signal, bell, selected }: WatchMocksOptions,
): Promise<MocksSeen | null> {
  const client = clientOf(mocks);
  if ((await client.state().catch(() => null))?.environment !== environment.id) return null;
  using log = followLog(client, signal, bell);
  let seen: MocksSeen = { ...NOTHING, mocked: true };
  const tell = (part: Partial<MocksSeen>): void => {
    const before = seen;
    seen = { ...seen, ...part };
    if (!log.over.aborted && !isSame(seen, before)) emit({ type: 'mocks', seen });
  };
  try {
    while (!log.over.aborted) {
      const state = await client.state();
      if (!state) break;
      const calls = log.take();
      tell({ state, ...(calls.length > 0 && { calls: [...seen.calls, ...calls].slice(-LOG_CALLS) }) });
      tell(await looked(client, seen, selected()));
      await sleep(LEAST_MS, undefined, { signal: log.over }).catch(() => {});
      await bell.wait(state.deliveries.pending > 0 ? SOON_MS : LOOK_MS, log.over);
    }
  } catch {
    // They have gone in the middle of an answer.
  }
  return { ...seen, state: null };
}

interface FollowedLog extends Disposable {
  /** Aborted when the mocks have gone, or nobody looks any more. */
  readonly over: AbortSignal;
  /** What has come since the last time. */
  take(): readonly LoggedCall[];
}

function followLog(client: MocksClient, signal: AbortSignal, bell: Bell): FollowedLog {
  const gone = new AbortController();
  const over = AbortSignal.any([signal, gone.signal]);
  const come: LoggedCall[] = [];
  const read = async (): Promise<void> => {
    for await (const call of client.calls({ follow: true, signal: over })) {
      come.push(call);
      if (come.length > LOG_CALLS) come.shift();
      bell.ring();
    }
  };
  // However it ends: they are asked again, from the first call that they keep.
  read()
    .catch(() => {})
    .finally(() => gone.abort());
  return { over, take: () => come.splice(0), [Symbol.dispose]: () => gone.abort() };
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

/** Calls never change: it is enough whether the list is the same. */
function isSame({ calls, ...seen }: MocksSeen, { calls: before, ...told }: MocksSeen): boolean {
  return calls === before && isDeepStrictEqual(seen, told);
}
