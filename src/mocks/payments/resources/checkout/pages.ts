import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { doUnlessRefused } from '../../pages/do-unless-refused.ts';
import { notice } from '../../pages/notice.ts';
import type { Page, View, Visit } from '../../pages/page.ts';
import { isEmail } from '../../params/scalars.ts';
import type { Transaction } from '../../store/transaction.ts';
import { methodTyped, typedCard, typedIn, usualCard } from '../card-form.ts';
import { codeTyped } from '../promotion-codes/typed.ts';
import { type Next, nextOf, type Payer, submit } from './complete.ts';
import { detailsOfPayer, typedDetails } from './details.ts';
import { chosenOf, offText } from './discount.ts';
import { needsCard } from './needs-card.ts';
import { planOf } from './plan.ts';
import { reprice } from './reprice.ts';
import type { Session } from './session.ts';
import { withShipping } from './shipping.ts';
import { checkoutView, NOTHING_WRONG, type Typed, takesCodes } from './view.ts';

/** Where `url` of a session leads: a form that works without scripts. */
export const checkoutPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/pay/checkout/:id',
    view: ({ id, tx }) => {
      const session = tx.get('checkout.session', id);
      return session.status === 'open' ? formOf(session, blank(session), tx) : closed(session);
    },
  },
  {
    method: 'POST',
    path: '/pay/checkout/:id',
    view: ({ id, form, tx }) => {
      const session = tx.get('checkout.session', id);
      if (session.status !== 'open') return closed(session);
      const typed = typedAll(session, form);
      const payer = payerOf(session, typed, tx);
      const next: Next = typeof payer === 'string' ? { is: 'failed', message: payer } : submit(session, payer, tx);
      return viewOf(next, session, typed, tx);
    },
  },
  { method: 'POST', path: '/pay/checkout/:id/code', view: applyCode },
  { method: 'POST', path: '/pay/checkout/:id/shipping', view: chooseShipping },
  {
    method: 'GET',
    path: '/pay/checkout/:id/return',
    view: ({ id, tx }) => {
      const session = tx.get('checkout.session', id);
      if (session.status !== 'open') return closed(session);
      const intent = tx.any(planOf(session, tx).tried ?? '');
      const next = intent
        ? nextOf(intent as never, tx)
        : ({ is: 'failed', message: 'The payment was not made.' } as const);
      return viewOf(next, session, blank(session), tx);
    },
  },
];

/** A code is typed, or with nothing typed taken away. */
function applyCode({ id, form, tx }: Visit): View {
  const session = tx.get('checkout.session', id);
  if (session.status !== 'open') return closed(session);
  const typed = (form.get('code') ?? '').trim();
  const refusal = doUnlessRefused((within) => {
    if (!takesCodes(session, planOf(session, within))) throw invalid('No code can be used here any more.');
    const { customer } = session;
    reprice(session, typed === '' ? null : codeTyped(typed, customer as string | null, within), within);
  }, tx);
  if (refusal) return formOf(session, blank(session), tx, { problem: null, code: refusal.message });
  return { location: session.url as string };
}

/** What it costs is part of what is to be paid. */
function chooseShipping({ id, form, tx }: Visit): View {
  const session = tx.get('checkout.session', id);
  if (session.status !== 'open') return closed(session);
  reprice(withShipping(session, typedIn(form, 'rate')), chosenOf(session), tx);
  return { location: session.url as string };
}

function viewOf(next: Next, session: Session, typed: Typed, tx: Transaction): View {
  switch (next.is) {
    case 'done':
      return closed(next.session);
    case 'action':
      return { location: next.url };
    case 'failed':
      return formOf(session, typed, tx, { problem: next.message, code: null });
  }
}

/** Who comes back to a session that is done goes on to the shop, as at Stripe. */
function closed(session: Session): View {
  if (session.status === 'complete' && session.success_url !== null) {
    return { location: session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id) };
  }
  return notice('This page has expired', 'Go back to the shop to begin again.', 410);
}

function formOf(session: Session, typed: Typed, tx: Transaction, wrong = NOTHING_WRONG): View {
  return checkoutView({
    session,
    plan: planOf(session, tx),
    typed,
    wrong,
    off: offText(session, tx),
    rates: ratesOf(session, tx),
  });
}

function ratesOf({ shipping_options }: Session, tx: Transaction): readonly Stripe.ShippingRate[] {
  return shipping_options.map(({ shipping_rate }) => tx.get('shipping_rate', shipping_rate as string));
}

function blank({ customer_details, created }: Session): Typed {
  return {
    email: customer_details?.email ?? '',
    name: customer_details?.name ?? '',
    details: {},
    ...usualCard(created),
  };
}

function typedAll(session: Session, form: URLSearchParams): Typed {
  const details = typedDetails(session, form);
  return { email: typedIn(form, 'email'), name: typedIn(form, 'name'), details, ...typedCard(form) };
}

/** What is wrong with it is a sentence for whoever typed it. */
function payerOf(session: Session, { email, name, details: typed, ...card }: Typed, tx: Transaction): Payer | string {
  if (!isEmail(email)) return 'Your e-mail address is incomplete.';
  const details = detailsOfPayer(session, typed);
  if (typeof details === 'string') return details;
  const payer = { email, name: name === '' ? (details.shipping?.name ?? '') : name, details };
  if (!needsCard(session)) return { ...payer, method: null };
  const { address, phone } = details;
  const method = methodTyped(card, { email, name: payer.name || null, ...(address && { address }), phone }, tx);
  return typeof method === 'string' ? method : { ...payer, method };
}
