import type { Stripe } from 'stripe';
import type { PriceTiers } from '../resources/prices/tiers.ts';
import type { Room } from './kinds.ts';

/** What the mock keeps of Stripe's billing; see `Kinds`. */
export interface BillingKinds {
  product: Stripe.Product | Stripe.DeletedProduct;
  price: Stripe.Price;
  coupon: Stripe.Coupon;
  promotion_code: Stripe.PromotionCode;
  discount: Stripe.Discount;
  subscription: Stripe.Subscription;
  subscription_item: Stripe.SubscriptionItem;
  invoice: Stripe.Invoice;
  invoiceitem: Stripe.InvoiceItem;
  invoice_payment: Stripe.InvoicePayment;
  'billing_portal.configuration': Stripe.BillingPortal.Configuration;
  'billing_portal.session': Stripe.BillingPortal.Session;
  'test_helpers.test_clock': Stripe.TestHelpers.TestClock;
  'devenv.deleted': DeletedMark;
  'devenv.tiers': PriceTiers;
  'devenv.invoiced': InvoicedIntent;
}

/** Its owner was deleted, but those who have it go on with it. */
interface DeletedMark {
  readonly id: string;
  readonly object: 'devenv.deleted';
}

/** The invoice that a payment intent pays; Stripe tells it by the invoice's payments alone. */
interface InvoicedIntent {
  readonly id: string;
  readonly object: 'devenv.invoiced';
  readonly invoice: string;
}

const PLENTY: Room = { passing: 20_000, most: 0 };
/** What is made on the fly, within a checkout, can't be used again. */
const CATALOGUE: Room = {
  passing: 10_000,
  lasting: ({ active }: { readonly active: boolean }) => active,
  most: 20_000,
};
const WITH_OWNER: Room = { passing: Number.POSITIVE_INFINITY, most: 0 };
const ENDED = new Set(['canceled', 'incomplete_expired']);
const SETTLED = new Set(['paid', 'void', 'uncollectible']);

export const BILLING_ROOMS: { readonly [K in keyof BillingKinds]: Room } = {
  product: CATALOGUE,
  price: CATALOGUE,
  coupon: PLENTY,
  promotion_code: PLENTY,
  discount: PLENTY,
  subscription: {
    passing: 10_000,
    lasting: ({ status }: Stripe.Subscription) => !ENDED.has(status),
    most: 20_000,
  },
  subscription_item: { passing: 100_000, most: 0 },
  invoice: {
    passing: 10_000,
    lasting: ({ status }: Stripe.Invoice) => !SETTLED.has(status as string),
    most: 20_000,
  },
  invoiceitem: { passing: 10_000, lasting: ({ invoice }: Stripe.InvoiceItem) => invoice === null, most: 20_000 },
  invoice_payment: { passing: 20_000, most: 0 },
  'billing_portal.configuration': PLENTY,
  'billing_portal.session': { passing: 10_000, most: 0 },
  'test_helpers.test_clock': PLENTY,
  'devenv.deleted': WITH_OWNER,
  'devenv.tiers': WITH_OWNER,
  'devenv.invoiced': WITH_OWNER,
};

export const BILLING_INDEXES = {
  price: ['product', 'lookup_key'],
  promotion_code: ['customer'],
  subscription: ['customer', 'test_clock', 'pending_setup_intent'],
  invoice: ['customer'],
  invoiceitem: ['customer', 'invoice'],
  invoice_payment: ['invoice'],
} as const;

export const BILLING_SATELLITES = ['deleted', 'invoiced', 'tiers'] as const;
