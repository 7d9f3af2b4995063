import type { Stripe } from 'stripe';
import { ApiError, invalid, unsupported } from '../../api/errors.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';
import { redeemAll } from '../discounts/discount.ts';
import { newItem } from '../invoice-items/item.ts';
import { asPreview } from '../invoices/as-preview.ts';
import { draftInvoice, pendingItems } from '../invoices/draft.ts';
import { withLines } from '../invoices/totals.ts';
import { beginSubscription } from '../subscriptions/create.ts';
import { refuseInactive } from '../subscriptions/item.ts';
import { isEnded, periodOf, subscriptionAt } from '../subscriptions/subscription.ts';
import { draftUpcoming } from '../subscriptions/upcoming.ts';
import { changeSubscription, prorationTime } from '../subscriptions/update.ts';
import type { previewParams } from './params.ts';

type Given = Params<typeof previewParams>;

/** What would be to pay. All of it is done as it would really be, up to the draft; whoever calls keeps nothing of it. */
export function previewInvoice(given: Given, tx: Transaction): Stripe.Invoice {
  if (given.preview_mode === 'recurring') throw unsupported('preview_mode=recurring', 'preview_mode');
  refuseInactive(given.subscription_details?.items ?? [], tx);
  const customer = customerOf(given, tx);
  const subscription = subscriptionOf(given, customer, tx);
  addItems(given, customer, subscription, tx);
  const now = tx.now;
  const asOf = subscription
    ? prorationTime(given.subscription_details?.proration_date, periodOf(subscription), tx)
    : now;
  const draft = draftOf(given, customer, subscription, tx);
  // What is redeemed is redeemed now, not when the invoice comes.
  tx.imagineAt(now);
  return asPreview(withDiscounts(draft, given, tx), asOf);
}

function customerOf(given: Given, tx: Transaction): Stripe.Customer {
  const { subscription, customer: named } = given;
  const id = subscription === undefined ? named : tx.get('subscription', subscription, 'subscription').customer;
  if (id === undefined) throw missingParameter('customer');
  if (named !== undefined && named !== id) {
    throw invalid(`The subscription ${subscription} is not of the customer ${named}.`, undefined, 'subscription');
  }
  return liveCustomer(tx, id as string);
}

/** The one that is named, or of all that the customer has the one that renews first; null: a new one, or none. */
function subscriptionOf(
  given: Given,
  { id, test_clock }: Stripe.Customer,
  tx: Transaction,
): Stripe.Subscription | null {
  tx.liveBy((test_clock as string | null | undefined) ?? null);
  if (given.subscription !== undefined) return subscriptionAt(given.subscription, tx, 'subscription');
  if (given.subscription_details?.items) return null;
  const going = [...tx.where('subscription', 'customer', id)].filter((one) => !isEnded(one));
  return going.sort((a, b) => periodOf(a).end - periodOf(b).end)[0] ?? null;
}

function draftOf(
  { subscription_details: details, currency }: Given,
  customer: Stripe.Customer,
  subscription: Stripe.Subscription | null,
  tx: Transaction,
): Stripe.Invoice {
  if (!subscription && details?.items) {
    const { billing_cycle_anchor: _, cancel_at, proration_date: __, ...more } = details;
    const ends = typeof cancel_at === 'number' ? { cancel_at } : {};
    const given = { ...more, ...ends, ...(currency !== undefined && { currency }), customer: customer.id };
    return beginSubscription(given, tx).draft ?? nothingUpcoming(customer);
  }
  if (subscription && details) {
    const { billing_mode: _, ...given } = details;
    const { subscription: changed, draft } = changeSubscription(subscription, given, tx);
    return draft ?? draftUpcoming(changed, tx) ?? nothingUpcoming(customer);
  }
  if (subscription) return draftUpcoming(subscription, tx) ?? nothingUpcoming(customer);
  const pending = pendingItems(customer.id, currency ?? customer.currency ?? 'usd', null, tx);
  if (pending.length === 0) return nothingUpcoming(customer);
  const manual = { customer, currency: pending[0]?.currency as string, reason: 'upcoming', advances: false } as const;
  return draftInvoice({ ...manual, lines: [], pending }, tx);
}

/** They wait for the invoice as others do. */
function addItems(
  { invoice_items = [], currency, subscription_details: details }: Given,
  customer: Stripe.Customer,
  subscription: Stripe.Subscription | null,
  tx: Transaction,
): void {
  const ofNew = tx.find('price', details?.items?.[0]?.price ?? '')?.currency;
  const usual = currency ?? subscription?.currency ?? ofNew ?? customer.currency ?? 'usd';
  for (const { price, unit_amount, ...more } of invoice_items) {
    const pricing = price === undefined ? {} : { pricing: { price } };
    const unit = unit_amount === undefined ? {} : { unit_amount_decimal: String(unit_amount) };
    tx.put(newItem(customer, { currency: usual, ...more, ...pricing, ...unit }, tx));
  }
}

/** Those that are given take the place of what there is. */
function withDiscounts(draft: Stripe.Invoice, { discounts }: Given, tx: Transaction): Stripe.Invoice {
  if (discounts === undefined) return draft;
  const owner = { customer: draft.customer as string };
  const purchase = { amount: draft.subtotal, currency: draft.currency };
  return withLines({ ...draft, discounts: redeemAll(discounts ?? [], owner, purchase, tx) }, draft.lines.data, tx);
}

function nothingUpcoming({ id }: Stripe.Customer): never {
  const message = `No upcoming invoices for customer: '${id}'`;
  throw new ApiError(404, { type: 'invalid_request_error', code: 'invoice_upcoming_none', message });
}
