import type { Stripe } from 'stripe';
import type { CheckoutPlan } from '../resources/checkout/plan.ts';
import { BILLING_INDEXES, BILLING_ROOMS, BILLING_SATELLITES, type BillingKinds } from './billing-kinds.ts';
import type { Due } from './due.ts';

/**
 * What the mock keeps, by its `object`: as Stripe shows it, so that an answer is what is kept. What Stripe doesn't show is
 * kept as an object of the mock's own, whose id is that of its owner, a full stop and what it is: `cs_test_1.due`.
 */
export interface Kinds extends BillingKinds {
  customer: Stripe.Customer | Stripe.DeletedCustomer;
  payment_method: Stripe.PaymentMethod;
  payment_intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  balance_transaction: Stripe.BalanceTransaction;
  setup_intent: Stripe.SetupIntent;
  setup_attempt: Stripe.SetupAttempt;
  shipping_rate: Stripe.ShippingRate;
  'checkout.session': Stripe.Checkout.Session;
  event: Stripe.EventBase;
  webhook_endpoint: Stripe.WebhookEndpoint;
  'devenv.due': Due;
  'devenv.secret': EndpointSecret;
  'devenv.plan': CheckoutPlan;
  'devenv.detached': Mark<'detached'>;
  'devenv.authenticated': Mark<'authenticated'>;
}

/** That something happened to its owner. */
interface Mark<Name extends string> {
  readonly id: string;
  readonly object: `devenv.${Name}`;
}

/** What signs what an endpoint is told; Stripe shows it once. */
interface EndpointSecret {
  readonly id: string;
  readonly object: 'devenv.secret';
  readonly secret: string;
}

export type Kind = keyof Kinds;

/** A field of a kind, or of one of its forms: a deleted customer has no e-mail address. */
export type Field<K extends Kind> = Kinds[K] extends infer T ? (T extends unknown ? keyof T & string : never) : never;

/** Anything that is kept. Never changed: what replaces it is a new object, so that events may hold the old one. */
export interface Kept {
  readonly id: string;
  readonly object: string;
}

/** How many of a kind are kept. Beyond that the oldest go, as if Stripe had never had them. */
export interface Room {
  /** Of all that isn't lasting. */
  readonly passing: number;
  /** What is referred to for long, such as a card that a customer saved: it stays while the passing ones go. */
  readonly lasting?: (object: never) => boolean;
  /** Of the lasting ones. */
  readonly most: number;
}

const ROOM: Room = { passing: 10_000, most: 0 };
const PEOPLE: Room = { passing: 20_000, most: 0 };
const WITH_OWNER: Room = { passing: Number.POSITIVE_INFINITY, most: 0 };

export const ROOMS: Readonly<Record<Kind, Room>> = {
  ...BILLING_ROOMS,
  customer: PEOPLE,
  payment_method: {
    passing: 10_000,
    lasting: ({ customer }: Stripe.PaymentMethod) => customer !== null,
    most: 20_000,
  },
  payment_intent: ROOM,
  charge: ROOM,
  refund: ROOM,
  balance_transaction: ROOM,
  setup_intent: ROOM,
  setup_attempt: ROOM,
  shipping_rate: ROOM,
  'checkout.session': ROOM,
  event: ROOM,
  webhook_endpoint: ROOM,
  'devenv.due': WITH_OWNER,
  'devenv.secret': WITH_OWNER,
  'devenv.plan': WITH_OWNER,
  'devenv.detached': WITH_OWNER,
  'devenv.authenticated': WITH_OWNER,
};

/** By these, what is kept is found without looking at all of its kind. */
export const INDEXES: { readonly [K in Kind]?: readonly Field<K>[] } = {
  ...BILLING_INDEXES,
  payment_method: ['customer'],
  payment_intent: ['customer'],
  charge: ['payment_intent', 'customer', 'payment_method'],
  refund: ['charge', 'payment_intent'],
  setup_intent: ['customer'],
  setup_attempt: ['setup_intent'],
  'checkout.session': ['payment_intent', 'customer'],
  'devenv.plan': ['tried'],
};

/** What objects of the mock's own are called behind the full stop. They go with their owner. */
export const SATELLITES = ['due', 'secret', 'plan', 'detached', 'authenticated', ...BILLING_SATELLITES] as const;
