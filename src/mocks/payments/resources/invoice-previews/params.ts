import { list, notHereYet, object } from '../../params/composed.ts';
import { unsettable } from '../../params/kind.ts';
import { currency, integer, oneOf, text } from '../../params/scalars.ts';
import { discountsParam } from '../discounts/params.ts';
import { updateParams as ofItem } from '../invoice-items/params.ts';
import { createParams as ofNew, updateParams as ofSubscription } from '../subscriptions/params.ts';

const { pricing: _, ...itemFields } = ofItem;

const invoiceItem = object({
  ...itemFields,
  currency,
  price: text(),
  unit_amount: integer(),
  ...notHereYet('invoiceitem'),
});

const { billing_cycle_anchor, cancel_at, cancel_at_period_end, items, metadata } = ofSubscription;
const { proration_behavior, proration_date, trial_end } = ofSubscription;

const subscriptionDetails = object({
  billing_cycle_anchor,
  billing_mode: ofNew.billing_mode,
  cancel_at,
  cancel_at_period_end,
  items,
  metadata,
  proration_behavior,
  proration_date,
  trial_end,
  ...notHereYet('billing_schedules', 'cancel_now', 'default_tax_rates', 'pause', 'resume_at', 'start_date'),
});

/** Of one of the customer's subscriptions, of one that they don't have yet, or of what waits for an invoice alone. */
export const previewParams = {
  currency,
  customer: text(),
  discounts: unsettable(discountsParam),
  invoice_items: list(invoiceItem, { max: 250 }),
  preview_mode: oneOf('next', 'recurring'),
  subscription: text(),
  subscription_details: subscriptionDetails,
  ...notHereYet(
    'automatic_tax',
    'customer_account',
    'customer_details',
    'issuer',
    'on_behalf_of',
    'schedule',
    'schedule_details',
  ),
};
