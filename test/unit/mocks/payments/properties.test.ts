import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CalledPayments, callPayments } from '../../../support/call-payments.ts';

/** Something that an app may do; numbers choose among what there is by then. */
const action = fc.oneof(
  fc.record({
    does: fc.constant('pay' as const),
    amount: fc.integer({ min: 50, max: 5000 }),
    manual: fc.boolean(),
    card: fc.constantFrom('visa', 'chargeDeclined', 'threeDSecure2Required'),
  }),
  fc.record({ does: fc.constant('capture' as const), which: fc.nat(20), amount: fc.integer({ min: 1, max: 6000 }) }),
  fc.record({
    does: fc.constant('refund' as const),
    which: fc.nat(20),
    amount: fc.option(fc.integer({ min: 1, max: 6000 })),
  }),
  fc.record({ does: fc.constant('cancel' as const), which: fc.nat(20) }),
  fc.record({ does: fc.constant('confirm' as const), which: fc.nat(20), card: fc.constantFrom('visa', 'mastercard') }),
  fc.record({ does: fc.constant('customer' as const), which: fc.nat(20), gone: fc.boolean() }),
  fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 8 }) }),
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** Plays actions, each twice where it bears a key: the second time it must be answered the same way. */
async function play(mock: CalledPayments, actions: readonly Action[], keys: boolean): Promise<void> {
  const intents: string[] = [];
  const customers: string[] = [];
  const call = async (
    path: string,
    body: string,
    number: number,
  ): Promise<{ readonly id?: unknown; readonly status: number }> => {
    const key = keys ? `key ${number}` : undefined;
    const first = await mock.call('POST', path, body, key);
    if (keys) {
      const { answer, ...second } = await mock.call('POST', path, body, key);
      const { answer: _, ...body1 } = first;
      expect(second).toEqual(body1);
      if (first.answer.headers['original-request']) expect(answer.headers['idempotent-replayed']).toBe('true');
    }
    return first as { readonly id?: unknown; readonly status: number };
  };
  for (const [number, one] of actions.entries()) {
    const intent = 'which' in one ? intents[one.which % Math.max(1, intents.length)] : undefined;
    if (one.does === 'pay') {
      const method = one.manual ? 'manual' : 'automatic_async';
      const body = `amount=${one.amount}&currency=eur&capture_method=${method}&payment_method=pm_card_${one.card}&confirm=true&return_url=https://shop.example/`;
      const { id } = await call('/v1/payment_intents', body, number);
      if (typeof id === 'string') intents.push(id);
    } else if (one.does === 'capture' && intent) {
      await call(`/v1/payment_intents/${intent}/capture`, `amount_to_capture=${one.amount}`, number);
    } else if (one.does === 'refund' && intent) {
      await call(
        '/v1/refunds',
        `payment_intent=${intent}${one.amount === null ? '' : `&amount=${one.amount}`}`,
        number,
      );
    } else if (one.does === 'cancel' && intent) {
      await call(`/v1/payment_intents/${intent}/cancel`, '', number);
    } else if (one.does === 'confirm' && intent) {
      await call(`/v1/payment_intents/${intent}/confirm`, `payment_method=pm_card_${one.card}`, number);
    } else if (one.does === 'customer') {
      const customer = customers[one.which % Math.max(1, customers.length)];
      if (one.gone && customer) await mock.call('DELETE', `/v1/customers/${customer}`);
      else customers.push((await call('/v1/customers', 'payment_method=pm_card_visa', number)).id as string);
    } else if (one.does === 'wait') {
      mock.clock.moveTo(mock.clock.now() + one.days * 24 * 60 * 60 * 1000);
      await mock.payments.settle();
    }
  }
}

interface Money {
  readonly id: string;
  readonly amount: number;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  readonly charge: string;
  readonly captured: boolean;
  readonly payment_intent: string;
  readonly paid: boolean;
  readonly net: number;
}

async function all(mock: CalledPayments, path: string): Promise<readonly Money[]> {
  return (await mock.call('GET', `${path}?limit=100`)).data as readonly Money[];
}

const plays = fc.array(action, { maxLength: 30 });

it('never pays back more than was captured, nor captures more than was authorised', async () => {
  await fc.assert(
    fc.asyncProperty(plays, async (actions) => {
      const mock = callPayments();
      await play(mock, actions, false);
      const refunds = await all(mock, '/v1/refunds');
      for (const charge of await all(mock, '/v1/charges')) {
        const back = refunds
          .filter((refund) => refund.charge === charge.id)
          .reduce((sum, { amount }) => sum + amount, 0);
        expect(back).toBeLessThanOrEqual(charge.amount_captured);
        expect(charge.amount_captured).toBeLessThanOrEqual(charge.amount);
        if (charge.captured) expect(charge.amount_refunded).toBe(back);
      }
    }),
    { numRuns: 60 },
  );
});

it('charges each payment once, however often its calls are made again', async () => {
  await fc.assert(
    fc.asyncProperty(plays, async (actions) => {
      const mock = callPayments();
      await play(mock, actions, true);
      const paid = (await all(mock, '/v1/charges')).filter((charge) => charge.paid);
      expect(new Set(paid.map(({ payment_intent }) => payment_intent)).size).toBe(paid.length);
    }),
    { numRuns: 60 },
  );
});

it('is the same again from its journal, and from a shorter one', async () => {
  await fc.assert(
    fc.asyncProperty(plays, fc.boolean(), async (actions, keys) => {
      const mock = callPayments([], 'http://127.0.0.1:1/');
      await play(mock, actions, keys);
      const again = callPayments(mock.changes, 'http://127.0.0.1:1/');
      // How far somebody has moved the clock is the journal of whoever owns it.
      again.clock.moveTo(mock.clock.now());
      const state = JSON.stringify([...mock.payments.state()]);
      expect(JSON.stringify([...again.payments.state()])).toBe(state);
      const shorter = callPayments(JSON.parse(state), 'http://127.0.0.1:1/');
      expect(JSON.stringify([...shorter.payments.state()])).toBe(state);
      shorter.clock.moveTo(mock.clock.now());
      // What comes next is the same too.
      const next = 'amount=1000&currency=usd&payment_method=pm_card_visa&confirm=true&return_url=https://shop.example/';
      const [one, two, three] = await Promise.all(
        [mock, again, shorter].map(async (each) => {
          const { answer: _, ...body } = await each.call('POST', '/v1/payment_intents', next);
          return body;
        }),
      );
      expect(two).toEqual(one);
      expect(three).toEqual(one);
    }),
    { numRuns: 40 },
  );
});
