import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { newCustomer } from '../customers/customer.ts';
import { confirm } from '../payment-intents/confirm.ts';
import { type Intent, newIntent, withGiven } from '../payment-intents/intent.ts';
import { confirmSetup } from '../setup-intents/confirm.ts';
import { newSetup, type Setup, withGiven as withCard } from '../setup-intents/setup-intent.ts';
import type { Details } from './details.ts';
import { redeemOnce, whyNotRedeemed } from './discount.ts';
import { note, planOf, sessionOf } from './plan.ts';
import { detailsOf, type Session } from './session.ts';
import { owesNow, paySubscription, subscribed } from './subscribe.ts';

/** What somebody typed on the page, checked as far as it is a card. */
export interface Payer {
  readonly email: string;
  readonly name: string;
  readonly details: Details;
  /** Null where none is asked for. */
  readonly method: Stripe.PaymentMethod | null;
}

type PayerWithCard = Payer & { readonly method: Stripe.PaymentMethod };

/** Where the page goes on: to the shop, to 3-D Secure, or back to the form with what went wrong. */
export type Next =
  | { readonly is: 'done'; readonly session: Session }
  | { readonly is: 'action'; readonly url: string }
  | { readonly is: 'failed'; readonly message: string };

/** Somebody pays, or saves a card. What was tried before goes on with another card. */
export function submit(session: Session, payer: Payer, tx: Transaction): Next {
  const why = planOf(session, tx).tried === null ? whyNotRedeemed(session, tx) : null;
  if (why !== null) return { is: 'failed', message: why };
  const known = tx.put(withCustomer(session, payer, tx));
  const returnUrl = `${tx.publicUrl}/pay/checkout/${session.id}/return`;
  const { intent, error } = attempt(known, payer, returnUrl, tx);
  if (error) return { is: 'failed', message: error.message };
  return intent === null ? { is: 'done', session: complete(known, null, tx) } : nextOf(intent, tx);
}

interface Tried {
  /** Null where there is nothing to pay. */
  readonly intent: Intent | Setup | null;
  readonly error: { readonly message: string } | null;
}

function attempt(session: Session, { method, ...rest }: Payer, returnUrl: string, tx: Transaction): Tried {
  if (method === null) return { intent: null, error: null };
  const payer = { ...rest, method };
  if (session.mode === 'setup') return saveCard(session, payer, returnUrl, tx);
  if (session.mode === 'subscription') {
    if (!owesNow(session, tx)) return saveCard(session, payer, returnUrl, tx);
    return paySubscription(session, method, returnUrl, tx) ?? { intent: null, error: null };
  }
  if (session.amount_total === 0) return { intent: null, error: null };
  const tried = confirm(intentFor(session, payer, tx), { offSession: false, returnUrl, failsOnAction: false }, tx);
  note(session, { tried: tried.intent.id }, tx);
  tx.put({ ...session, payment_intent: tried.intent.id });
  return tried;
}

function saveCard(session: Session, payer: PayerWithCard, returnUrl: string, tx: Transaction): Tried {
  const { setup, error } = confirmSetup(setupFor(session, payer, tx), returnUrl, tx);
  note(session, { tried: setup.id }, tx);
  // That of a subscription is not the session's own.
  if (session.mode === 'setup') tx.put({ ...session, setup_intent: setup.id });
  return { intent: setup, error };
}

/** After an attempt, also one that went through 3-D Secure: a session whose money has moved is complete. */
export function nextOf(intent: Intent | Setup, tx: Transaction): Next {
  const session = sessionOf(intent, tx);
  const action = intent.next_action?.redirect_to_url?.url;
  if (intent.status === 'requires_action' && action) return { is: 'action', url: action };
  if (session && (intent.status === 'succeeded' || intent.status === 'requires_capture')) {
    return { is: 'done', session: session.status === 'open' ? complete(session, intent, tx) : session };
  }
  const error = intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error;
  return { is: 'failed', message: error?.message ?? 'The payment was not made.' };
}

function complete(session: Session, intent: Intent | Setup | null, tx: Transaction): Session {
  const isPaid = intent?.object === 'payment_intent' && intent.status === 'succeeded';
  tx.unschedule(session.id);
  if (session.mode === 'payment') redeemOnce(session, tx);
  const after = tx.put({
    ...session,
    status: 'complete',
    payment_status: isPaid ? 'paid' : session.payment_status,
    ...(session.mode === 'subscription' && subscribed(session, (intent?.payment_method ?? null) as string | null, tx)),
    url: null,
  } satisfies Session);
  tx.emit('checkout.session.completed', after);
  return after;
}

/** Who pays is known from now on; a customer is made where one was asked for. */
function withCustomer(session: Session, { email, name, details }: Payer, tx: Transaction): Session {
  const { address, phone, shipping } = details;
  const known: Session = {
    ...session,
    customer_details: detailsOf(email, name === '' ? null : name, details),
    ...(shipping && {
      collected_information: { business_name: null, individual_name: null, shipping_details: shipping },
    }),
  };
  if (session.customer !== null || session.customer_creation !== 'always') return known;
  const customer = tx.put(
    newCustomer(
      {
        email,
        ...(name !== '' && { name }),
        ...(address && { address }),
        ...(phone !== null && { phone }),
        ...(shipping && { shipping }),
      },
      tx,
    ),
  );
  tx.emit('customer.created', customer);
  return { ...known, customer: customer.id };
}

/** One for each session, however often it is tried. */
function intentFor(session: Session, { method, email, details }: PayerWithCard, tx: Transaction): Intent {
  const { tried, paymentIntent } = planOf(session, tx);
  const found = tried === null ? undefined : tx.find('payment_intent', tried);
  const shipping = details.shipping && { shipping: details.shipping };
  if (found) {
    const amount = session.amount_total as number;
    return tx.put(withGiven(found, { amount, ...shipping, payment_method: method.id }, tx));
  }
  const intent = tx.put(
    newIntent(
      {
        amount: session.amount_total as number,
        currency: session.currency as string,
        ...(session.customer !== null && { customer: session.customer as string }),
        receipt_email: email,
        ...paymentIntent,
        ...shipping,
        payment_method: method.id,
      },
      tx,
    ),
  );
  tx.emit('payment_intent.created', intent);
  return intent;
}

function setupFor(session: Session, { method }: PayerWithCard, tx: Transaction): Setup {
  const { tried, setupIntent } = planOf(session, tx);
  const found = tried === null ? undefined : tx.find('setup_intent', tried);
  if (found) return tx.put(withCard(found, { payment_method: method.id }, tx));
  const customer = session.customer === null ? {} : { customer: session.customer as string };
  const setup = tx.put(newSetup({ ...customer, ...setupIntent, payment_method: method.id }, tx));
  tx.emit('setup_intent.created', setup);
  return setup;
}
