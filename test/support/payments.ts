import Stripe from 'stripe';
import { VirtualClock } from '../../src/mocks/clock.ts';
import { type Entry, Journal } from '../../src/mocks/journal.ts';
import type { PaymentsOptions } from '../../src/mocks/payments/options.ts';
import { createPayments, type Payments } from '../../src/mocks/payments/payments.ts';
import type { Packed } from '../../src/mocks/payments/store/pack.ts';
import { freePort } from './ports.ts';
import { type ServedMocks, serveMocks } from './serve-mocks.ts';

export const KEYS = {
  secret: 'sk_test_devenv_mock_0001',
  publishable: 'pk_test_devenv_mock',
  webhookSecret: 'whsec_devenv_mock',
};

/** 2026-01-01. */
export const START_MS = Date.UTC(2026, 0, 1);

export interface ServedPayments extends AsyncDisposable {
  readonly payments: Payments;
  readonly clock: VirtualClock;
  readonly mocks: ServedMocks;
  readonly stripe: Stripe;
  readonly changes: readonly Packed[];
}

export interface ServeOptions extends Partial<PaymentsOptions> {
  /** A journal on the disk; without one the changes are kept in memory. */
  readonly journal?: string;
  /** What an earlier mock has left in memory. */
  readonly earlier?: readonly Packed[];
  /** Any, where it is not said. */
  readonly port?: number;
}

/** The same at the address that it tells browsers. */
export async function serveToBrowsers(options: ServeOptions = {}): Promise<ServedPayments> {
  const port = await freePort();
  return servePayments({ ...options, port, publicUrl: `http://127.0.0.1:${port}` });
}

/** The payments mock on a port of its own, with the official client for it. */
export async function servePayments(options: ServeOptions = {}): Promise<ServedPayments> {
  const clock = new VirtualClock(START_MS);
  const changes: Packed[] = [];
  const held: { journal?: Journal } = {};
  const { journal: path, earlier = [], port = 0, ...more } = options;
  const payments = createPayments({
    seed: 'test',
    clock,
    keys: KEYS,
    publicUrl: 'http://localhost:1',
    webhook: null,
    commit: async (change) => {
      changes.push(change);
      await held.journal?.add({ of: 'stripe', is: change });
    },
    failed: (error) => mocks.failures.push(error),
    ...more,
  });
  const replay = (change: Packed): void => {
    payments.replay(change);
    if (change.is === 'called') clock.moveTo(change.clock);
  };
  earlier.forEach(replay);
  if (path !== undefined) held.journal = await Journal.open(path, ({ is }: Entry) => replay(is as Packed));
  const mocks = await serveMocks([{ prefix: '/', provider: payments.stripe }], {}, port);
  payments.start();
  return {
    payments,
    clock,
    mocks,
    changes,
    stripe: clientOf(mocks.url),
    async [Symbol.asyncDispose]() {
      await mocks[Symbol.asyncDispose]();
      await payments[Symbol.asyncDispose]();
      await held.journal?.[Symbol.asyncDispose]();
    },
  };
}

export function clientOf(
  url: string,
  key = KEYS.secret,
  options: ConstructorParameters<typeof Stripe>[1] = {},
): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', telemetry: false, ...options });
}
