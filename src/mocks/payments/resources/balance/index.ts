import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { notHereYet } from '../../params/composed.ts';
import type { Transaction } from '../../store/transaction.ts';

/** https://docs.stripe.com/api/balance: what charges and refunds that are kept come to. Nothing is ever paid out. */
export const balance: Resource = {
  routes: [
    route('GET', '/v1/balance', {}, ({ tx }) => balanceAt(tx)),
    listRoute('/v1/balance_transactions', 'balance_transaction', {
      by: ['source', 'type', 'currency'],
      more: notHereYet('payout'),
      shown: () => true,
    }),
    route('GET', '/v1/balance_transactions/:id', {}, ({ id, tx }) => tx.get('balance_transaction', id)),
  ],
};

function balanceAt(tx: Transaction): Stripe.Balance {
  const sums = { available: new Map<string, number>(), pending: new Map<string, number>() };
  for (const { net, currency, available_on } of tx.all('balance_transaction')) {
    const sum = available_on <= tx.now ? sums.available : sums.pending;
    sum.set(currency, (sum.get(currency) ?? 0) + net);
  }
  const currencies = new Set([...sums.available.keys(), ...sums.pending.keys(), ...['usd']]);
  const listed = (sum: ReadonlyMap<string, number>) =>
    [...currencies].sort().map((currency) => {
      const amount = sum.get(currency) ?? 0;
      return { amount, currency, source_types: { card: amount } };
    });
  return { object: 'balance', available: listed(sums.available), livemode: false, pending: listed(sums.pending) };
}
