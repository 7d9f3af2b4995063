import { transaction } from './db.js';
import { cancelOrder, markPaid } from './order-states.js';

/** What we do on each type of event. Others are none of our business. */
const ACTIONS = {
  'checkout.session.completed': pay,
  'checkout.session.async_payment_succeeded': pay,
  'checkout.session.async_payment_failed': cancel,
  'checkout.session.expired': cancel,
};

/**
 * Acts on an event of Stripe's once, however often it is told: that it came is stored in the same transaction.
 * @returns {Promise<{code: string, became: 'paid' | 'cancelled'} | undefined>} undefined when nothing was to be done
 */
export async function handleEvent(pool, { id, type, data }) {
  const act = ACTIONS[type];
  const code = data.object.metadata?.order;
  if (!act || !code) return;
  return transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'insert into stripe_events (id, type) values ($1, $2) on conflict (id) do nothing',
      [id, type],
    );
    if (rowCount === 0) return;
    const became = await act(client, code, data.object);
    return became && { code, became };
  });
}

async function pay(client, code, { payment_status }) {
  if (payment_status === 'unpaid') return; // a bank transfer: another event follows
  if (await markPaid(client, code)) return 'paid';
  console.error(`web: ${code} was paid and is not pending; Stripe's dashboard has the payment`);
}

async function cancel(client, code) {
  if (await cancelOrder(client, code)) return 'cancelled';
}
