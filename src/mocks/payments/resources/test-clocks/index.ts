import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { notHereYet } from '../../params/composed.ts';
import { required } from '../../params/kind.ts';
import { text, timestamp } from '../../params/scalars.ts';
import type { Transaction } from '../../store/transaction.ts';
import { deleteCustomer } from '../customers/delete.ts';
import { furthest } from './furthest.ts';

const KIND = 'test_helpers.test_clock';
const DAYS_30 = 30 * 86_400;

/** https://docs.stripe.com/api/test_clocks */
export const testClocks: Resource = {
  routes: [
    route(
      'POST',
      '/v1/test_helpers/test_clocks',
      { frozen_time: required(timestamp), name: text({ max: 300 }), ...notHereYet('customer') },
      ({ params, tx }) => {
        const clock = tx.put({
          id: tx.id('clock'),
          object: KIND,
          created: tx.now,
          deletes_after: tx.now + DAYS_30,
          frozen_time: params.frozen_time,
          livemode: false,
          name: params.name ?? null,
          status: 'ready',
          status_details: {},
        } satisfies Stripe.TestHelpers.TestClock);
        tx.emit('test_helpers.test_clock.created', clock);
        return clock;
      },
    ),
    listRoute('/v1/test_helpers/test_clocks', KIND, { created: false }),
    route('GET', '/v1/test_helpers/test_clocks/:id', {}, ({ id, tx }) => tx.get(KIND, id)),
    route(
      'POST',
      '/v1/test_helpers/test_clocks/:id/advance',
      { frozen_time: required(timestamp) },
      ({ id, params, tx }) => advance(tx.get(KIND, id), params.frozen_time, tx),
    ),
    route('DELETE', '/v1/test_helpers/test_clocks/:id', {}, ({ id, tx }) => {
      const clock = tx.get(KIND, id);
      for (const customer of tx.all('customer')) {
        if (!customer.deleted && customer.test_clock === id) deleteCustomer(customer, tx);
      }
      tx.remove(id);
      tx.emit('test_helpers.test_clock.deleted', clock);
      return { id, object: KIND, deleted: true } satisfies Stripe.TestHelpers.DeletedTestClock;
    }),
  ],
};

/** What falls due until then happens one after the other, each for itself, once this is done. */
function advance(clock: Stripe.TestHelpers.TestClock, target: number, tx: Transaction): Stripe.TestHelpers.TestClock {
  if (clock.status !== 'ready') {
    throw invalid('This test clock is still advancing.', undefined, 'frozen_time');
  }
  if (target <= clock.frozen_time) {
    throw invalid(`The test clock's frozen time is already at or past ${target}.`, undefined, 'frozen_time');
  }
  const last = furthest(clock, tx);
  if (target > last) {
    const message =
      'A test clock advances by at most two intervals of its shortest subscription at once, or by two years where it has ' +
      `none: here to ${last}.`;
    throw invalid(message, undefined, 'frozen_time');
  }
  const advancing = tx.put({
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  } satisfies Stripe.TestHelpers.TestClock);
  tx.emit('test_helpers.test_clock.advancing', advancing);
  tx.schedule(clock.id, tx.environmentMs);
  return advancing;
}
