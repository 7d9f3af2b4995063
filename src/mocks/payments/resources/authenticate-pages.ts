import { html } from '../pages/html.ts';
import { notice } from '../pages/notice.ts';
import type { Page, View, Visit } from '../pages/page.ts';
import type { Transaction } from '../store/transaction.ts';
import { money } from './amounts.ts';
import { nextOf } from './checkout/complete.ts';
import { sessionOf } from './checkout/plan.ts';
import { authenticated } from './payment-intents/authenticate.ts';
import type { Intent } from './payment-intents/intent.ts';
import { setupAuthenticated } from './setup-intents/confirm.ts';
import type { Setup } from './setup-intents/setup-intent.ts';

/** 3-D Secure: what the bank of a test card would ask, with both answers to choose from. */
export const authenticatePages: readonly Page[] = [
  {
    method: 'GET',
    path: '/pay/authenticate/:id',
    view: (visit) => {
      const intent = intentOf(visit);
      return intent.status === 'requires_action' ? question(intent) : over(intent);
    },
  },
  {
    method: 'POST',
    path: '/pay/authenticate/:id',
    view: (visit) => {
      const intent = intentOf(visit);
      if (intent.status !== 'requires_action') return over(intent);
      const back = intent.next_action?.redirect_to_url?.return_url ?? null;
      const after = answered(intent, visit.form.get('answer') === 'complete', visit.tx);
      // A checkout is done with the payment, also where the browser never comes back to it.
      if (sessionOf(after, visit.tx)) nextOf(after, visit.tx);
      return back === null ? over(after) : { location: returnTo(back, after) };
    },
  },
];

/** Whoever comes has to know the intent's secret. */
function intentOf({ id, query, tx }: Visit): Intent | Setup {
  const intent = tx.find('payment_intent', id) ?? tx.get('setup_intent', id);
  if (query.get('client_secret') === intent.client_secret) return intent;
  // As if there were none.
  return tx.get('setup_intent', '');
}

function answered(intent: Intent | Setup, succeeded: boolean, tx: Transaction): Intent | Setup {
  if (intent.object === 'payment_intent') return authenticated(intent, succeeded, tx).intent;
  return setupAuthenticated(intent, succeeded, tx).setup;
}

/** https://docs.stripe.com/payments/accept-a-payment: what Stripe adds to the address. */
function returnTo(address: string, { id, object, status, client_secret }: Intent | Setup): string {
  const url = new URL(address);
  const succeeded = status === 'succeeded' || status === 'requires_capture' || status === 'requires_confirmation';
  url.searchParams.set(object, id);
  url.searchParams.set(`${object}_client_secret`, client_secret ?? '');
  url.searchParams.set('redirect_status', succeeded ? 'succeeded' : 'failed');
  return url.href;
}

function question(intent: Intent | Setup): View {
  const what =
    intent.object === 'payment_intent' ? `a payment of ${money(intent.amount, intent.currency)}` : 'saving your card';
  return {
    title: '3-D Secure',
    body: html`<main class="narrow"><section class="panel" aria-label="3-D Secure"><h2>3-D Secure</h2>
<p>The bank of this test card asks whether it is really you, for ${what}.</p>
<form method="post" action="?client_secret=${intent.client_secret ?? ''}">
<button type="submit" name="answer" value="complete">Complete authentication</button>
<button type="submit" name="answer" value="fail" class="plain">Fail authentication</button>
</form></section></main>`,
  };
}

function over({ status }: Intent | Setup): View {
  const went = status === 'requires_payment_method' ? 'It failed.' : 'It is done.';
  return notice('3-D Secure', `${went} You can close this window.`);
}
