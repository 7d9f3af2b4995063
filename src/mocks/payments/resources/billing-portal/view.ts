import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import type { View } from '../../pages/page.ts';
import type { Transaction } from '../../store/transaction.ts';
import { money } from '../amounts.ts';
import { priceText, productName } from '../invoices/lines.ts';
import { periodOf } from '../subscriptions/subscription.ts';

interface Portal {
  readonly session: Stripe.BillingPortal.Session;
  readonly subscriptions: readonly Stripe.Subscription[];
  readonly invoices: readonly Stripe.Invoice[];
  readonly method: Stripe.PaymentMethod | undefined;
  readonly problem: string | null;
  readonly tx: Transaction;
}

export function portalView({ session, subscriptions, invoices, method, problem, tx }: Portal): View {
  return {
    status: problem === null ? 200 : 402,
    title: 'Your subscriptions',
    body: html`<main class="two">
<section aria-label="Subscriptions"><h2>Your subscriptions</h2>
${subscriptions.length === 0 ? html`<p>There are none.</p>` : null}
${subscriptions.map((one) => subscriptionHtml(session, one, tx))}
<h2>Invoices</h2><table><tbody>${invoices.map(invoiceRow)}</tbody></table></section>
<section class="panel" aria-label="Card"><h2>Card</h2>
<p>${method?.card ? `You pay with ${method.card.brand} •••• ${method.card.last4}.` : 'No card is saved.'}</p>
${problem === null ? null : html`<p class="bad" role="alert">${problem}</p>`}
<form method="post" action="${session.url}/card">
<label>Card number<input name="number" required inputmode="numeric" autocomplete="cc-number"></label>
<div class="pair"><label>Expiry (MM / YY)<input name="expiry" required autocomplete="cc-exp"></label>
<label>Security code<input name="cvc" required inputmode="numeric" autocomplete="cc-csc" maxlength="4"></label></div>
<button type="submit">Save card</button></form>
${session.return_url === null ? null : html`<a class="back" href="${session.return_url}">Back to the shop</a>`}</section>
</main>`,
  };
}

function subscriptionHtml({ url }: Stripe.BillingPortal.Session, one: Stripe.Subscription, tx: Transaction): Html {
  const names = one.items.data.map(({ price }) => `${productName(price, tx)}, ${priceText(price)}`).join('; ');
  const ends = one.cancel_at_period_end;
  const until = day(periodOf(one).end);
  return html`<p>${names}<br><small>${one.status}, ${ends ? `ends on ${until}` : `renews on ${until}`}</small></p>
<form method="post" action="${url}/subscriptions/${one.id}"><input type="hidden" name="ends" value="${String(!ends)}">
<button class="plain" type="submit">${ends ? 'Let it go on' : 'Cancel subscription'}</button></form>`;
}

function invoiceRow({ number, status, total, currency, hosted_invoice_url }: Stripe.Invoice): Html {
  return html`<tr><th scope="row"><a href="${hosted_invoice_url ?? ''}">${number ?? ''}</a><br><small>${status ?? ''}</small></th><td>${money(total, currency)}</td></tr>`;
}

function day(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 10);
}
