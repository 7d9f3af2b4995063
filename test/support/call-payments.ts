import { VirtualClock } from '../../src/mocks/clock.ts';
import { createPayments, type Payments } from '../../src/mocks/payments/payments.ts';
import type { Packed } from '../../src/mocks/payments/store/pack.ts';
import type { Answer } from '../../src/mocks/provider.ts';
import { KEYS, START_MS } from './payments.ts';

export interface CalledPayments {
  readonly payments: Payments;
  readonly clock: VirtualClock;
  readonly changes: readonly Packed[];
  /** The parsed body of the answer, with its status. */
  readonly call: (
    method: string,
    path: string,
    body?: string,
    key?: string,
  ) => Promise<{ readonly status: number; readonly answer: Answer; readonly [field: string]: unknown }>;
}

/** The payments mock without a server. Changes go through JSON, as in a journal. */
export function callPayments(earlier: readonly Packed[] = [], webhook: string | null = null): CalledPayments {
  const clock = new VirtualClock(START_MS);
  const changes: Packed[] = [];
  const payments = createPayments({
    seed: 'test',
    clock,
    keys: KEYS,
    publicUrl: 'http://localhost:1',
    webhook: webhook === null ? null : { url: webhook },
    commit: async (change) => {
      changes.push(JSON.parse(JSON.stringify(change)) as Packed);
    },
  });
  for (const change of earlier) {
    payments.replay(change);
    if (change.is === 'called') clock.moveTo(change.clock);
  }
  return {
    payments,
    clock,
    changes,
    async call(method, path, body = '', key) {
      const headers = { authorization: `Bearer ${KEYS.secret}`, ...(key !== undefined && { 'idempotency-key': key }) };
      const [at = '', query = ''] = path.split('?');
      const call = { method, path: at, query: new URLSearchParams(query), headers, body: Buffer.from(body) };
      const answer = await payments.stripe.answer(call);
      const [part] = [...(answer.parts as Iterable<{ readonly data: string }>)];
      return { ...(JSON.parse(part?.data ?? '{}') as object), status: answer.status, answer };
    },
  };
}
