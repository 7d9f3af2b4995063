import { type Ai, createAi } from './ai/ai.ts';
import type { AiOptions } from './ai/options.ts';
import type { Change as AiChange } from './ai/state.ts';
import { VirtualClock } from './clock.ts';
import { type Entry, Journal, OWNERS } from './journal.ts';
import { beginningOfDay, clockEntry, noteClock, replayClock } from './open-clock.ts';
import { createPayments, type Payments } from './payments/payments.ts';
import type { Packed } from './payments/store/pack.ts';
import type { Provider } from './provider.ts';
import { rememberAi } from './remember-ai.ts';
import type { MocksSpec } from './spec.ts';

/** A journal from here on is written anew with what is still so. */
const LARGE_BYTES = 16 * 1024 * 1024;

/** The mocks with all that one journal says. */
export interface OpenLife extends AsyncDisposable {
  readonly clock: VirtualClock;
  readonly providers: readonly Provider[];
  readonly payments: Payments | null;
  /** Tokens that the mocked models have counted. */
  readonly tokensUsed: () => number;
  /** What falls due until then happens, in its order. */
  moveClock(toMs: number): Promise<void>;
}

export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  /** What is no caller's mistake: our bug, or a disk that is full. */
  readonly failed: (error: unknown) => void;
  /** Hears of what somebody should know. */
  readonly tell: (message: string) => void;
  /**
   * This life should be opened anew: its journal is so long that it should be shortened, or a write failed, and it knows
   * what the disk doesn't. It may be told more than once.
   */
  readonly renew: () => void;
}

export async function openLife(spec: MocksSpec, path: string, around: Surroundings): Promise<OpenLife> {
  const clock = new VirtualClock(0);
  const commit = (of: string) => (is: unknown) => {
    if (journal.bytes > mayGrowTo) around.renew();
    const written = journal.add({ of, is });
    written.catch(around.renew);
    return written;
  };
  const payments = openPayments(spec, clock, commit(OWNERS.payments), around);
  const remembered = rememberAi((change) => {
    commit(OWNERS.ai)(change).catch(around.failed);
    // Its calls move the clock, too.
    if (change.kind === 'used') noteClock(clock, journal).catch(around.failed);
  });
  const ai = openAi(spec, { clock, remember: remembered.remember, tell: around.tell });
  const state = { clock, payments, ai };
  let isAllKnown = true;
  let journal = await Journal.open(path, (entry) => {
    isAllKnown &&= isKnown(entry, state);
    replay(entry, state);
  });
  // Not where it also holds what those have done that others answer for at the moment.
  if (journal.bytes > LARGE_BYTES && isAllKnown) journal = await shortened(journal, path, state, around.failed);
  const mayGrowTo = Math.max(LARGE_BYTES, 2 * journal.bytes);
  if (clock.now() === 0) {
    clock.moveTo(spec.startMs ?? beginningOfDay(around.wallClock()));
    await noteClock(clock, journal);
  }
  payments?.start();
  const mocked = [...(ai ? [ai.openai, ai.anthropic] : []), ...(payments ? [payments.stripe] : [])];
  const providers = mocked.filter(({ name }) => spec.modes[name] === 'mock');
  return {
    ...{ clock, providers, payments, tokensUsed: () => ai?.tokensUsed ?? 0 },
    moveClock: async (toMs) => {
      for (const provider of providers) await provider.advance?.(toMs);
      clock.moveTo(toMs);
      await payments?.settle();
      await noteClock(clock, journal);
    },
    [Symbol.asyncDispose]: async () => {
      await payments?.[Symbol.asyncDispose]();
      remembered.flush();
      await journal[Symbol.asyncDispose]();
    },
  };
}

function openPayments(
  { payments, modes, seed, keys, port }: MocksSpec,
  clock: VirtualClock,
  commit: (change: Packed) => Promise<void>,
  { wallClock, failed, tell }: Surroundings,
): Payments | null {
  if (!payments || modes.stripe !== 'mock') return null;
  return createPayments({
    ...{ seed, clock, commit, wallClock, failed, tell },
    keys: { secret: keys.stripeSecret, publishable: keys.stripePublishable, webhookSecret: keys.stripeWebhook },
    publicUrl: `http://127.0.0.1:${port}`,
    webhook: payments.webhook === null ? null : { url: payments.webhook },
    dunningEnd: payments.dunningEnd,
  });
}

/** No answer waits for what it remembers: of a crash no more is lost than the last moment. */
function openAi({ ai, seed, keys }: MocksSpec, around: Pick<AiOptions, 'clock' | 'remember' | 'tell'>): Ai | null {
  return ai && createAi({ ...ai, seed, keys, ...around });
}

function replay({ of, is }: Entry, { clock, payments, ai }: State): void {
  if (replayClock(clock, { of, is })) return;
  if (of === OWNERS.ai) ai?.replay(is as AiChange);
  if (of !== OWNERS.payments) return;
  const change = is as Packed;
  if (change.is === 'called') clock.moveTo(change.clock);
  payments?.replay(change);
}

function isKnown({ of }: Entry, { payments, ai }: State): boolean {
  return (of !== OWNERS.payments || payments !== null) && (of !== OWNERS.ai || ai !== null);
}

interface State extends Pick<OpenLife, 'clock' | 'payments'> {
  readonly ai: Ai | null;
}

/** Where the shorter one can't be written, the long one goes on: it is told when it has doubled again. */
async function shortened(
  journal: Journal,
  path: string,
  state: State,
  failed: (error: unknown) => void,
): Promise<Journal> {
  await journal[Symbol.asyncDispose]();
  await Journal.replace(path, entriesOf(state)).catch(failed);
  return Journal.open(path, () => {});
}

function* entriesOf({ clock, payments, ai }: State): Iterable<Entry> {
  yield clockEntry(clock);
  for (const is of payments?.state() ?? []) yield { of: OWNERS.payments, is };
  for (const is of ai?.changes() ?? []) yield { of: OWNERS.ai, is };
}
