import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { newCustomer } from '../customers/customer.ts';
import { confirm } from '../payment-intents/confirm.ts';
import { type Intent, newIntent, withGiven } from '../payment-intents/intent.ts';
import { attached } from '../payment-methods/attach.ts';
import { confirmSetup } from '../setup-intents/confirm.ts';
import { newSetup, type Setup } from '../setup-intents/setup-intent.ts';
import { planId } from './plan.ts';
import { detailsOf, type Session } from './session.ts';
import { completeSubscription } from './subscribe.ts';

/** What somebody typed on the page, checked as far as it is a card. */
export interface Payer {
  readonly email: string;
  readonly name: string;
  readonly method: Stripe.PaymentMethod;
}

/** Where the page goes on: to the shop, to 3-D Secure, or back to the form with what went wrong. */
export type Next =
  | { readonly is: 'done'; readonly session: Session }
  | { readonly is: 'action'; readonly url: string }
  | { readonly is: 'failed'; readonly message: string };

/** Somebody pays, or saves a card. */
export function submit(session: Session, payer: Payer, tx: Transaction): Next {
  const known = withCustomer(session, payer, tx);
  const returnUrl = `${tx.publicUrl}/pay/checkout/${session.id}/return`;
  if (session.mode === 'setup') {
    const { setup, error } = confirmSetup(setupFor(known, payer, tx), returnUrl, tx);
    tx.put({ ...known, setup_intent: setup.id });
    return error ? { is: 'failed', message: error.message } : nextOf(setup, tx);
  }
  if (session.mode === 'subscription') return { is: 'done', session: completeSubscription(known, payer, tx) };
  if (session.amount_total === 0) return { is: 'done', session: complete(known, null, tx) };
  const { intent, error } = confirm(
    intentFor(known, payer, tx),
    { offSession: false, returnUrl, failsOnAction: false },
    tx,
  );
  tx.put({ ...known, payment_intent: intent.id });
  return error ? { is: 'failed', message: error.message } : nextOf(intent, tx);
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

export function sessionOf({ id, object }: Intent | Setup, tx: Transaction): Session | undefined {
  const field = object === 'payment_intent' ? 'payment_intent' : 'setup_intent';
  for (const session of tx.where('checkout.session', field, id)) return session;
  return undefined;
}

function complete(session: Session, intent: Intent | Setup | null, tx: Transaction): Session {
  const isPaid = intent?.object === 'payment_intent' && intent.status === 'succeeded';
  tx.unschedule(session.id);
  const after = tx.put({
    ...session,
    status: 'complete',
    payment_status: isPaid ? 'paid' : session.payment_status,
    url: null,
  } satisfies Session);
  tx.emit('checkout.session.completed', after);
  return after;
}

/** Who pays is known from now on; a customer is made where one was asked for. */
function withCustomer(session: Session, { email, name, method }: Payer, tx: Transaction): Session {
  const known = { ...session, customer_details: detailsOf(email, name === '' ? null : name) };
  if (session.customer !== null || session.customer_creation !== 'always') return known;
  const customer = tx.put(newCustomer({ email, ...(name !== '' && { name }) }, tx));
  tx.emit('customer.created', customer);
  attached(method, customer.id, tx);
  return { ...known, customer: customer.id };
}

/** One for each session, however often it is tried. */
function intentFor(session: Session, { method, email }: Payer, tx: Transaction): Intent {
  const found =
    session.payment_intent === null ? undefined : tx.find('payment_intent', session.payment_intent as string);
  if (found) return tx.put(withGiven(found, { payment_method: method.id }, tx));
  const plan = tx.find('devenv.plan', planId(session.id));
  const intent = tx.put(
    newIntent(
      {
        amount: session.amount_total as number,
        currency: session.currency as string,
        ...(session.customer !== null && { customer: session.customer as string }),
        receipt_email: email,
        ...plan?.paymentIntent,
        payment_method: method.id,
      },
      tx,
    ),
  );
  tx.emit('payment_intent.created', intent);
  return intent;
}

function setupFor(session: Session, { method }: Payer, tx: Transaction): Setup {
  const plan = tx.find('devenv.plan', planId(session.id));
  const customer = session.customer === null ? {} : { customer: session.customer as string };
  const setup = tx.put(newSetup({ ...customer, ...plan?.setupIntent, payment_method: method.id }, tx));
  tx.emit('setup_intent.created', setup);
  return setup;
}
