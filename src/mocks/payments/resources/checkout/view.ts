import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import type { View } from '../../pages/page.ts';
import { money } from '../amounts.ts';
import type { Session } from './session.ts';

/** What stands in the form; what was typed stays when it is shown again. */
export interface Typed {
  readonly email: string;
  readonly name: string;
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
}

export function checkoutView(
  session: Session,
  items: readonly Stripe.LineItem[],
  typed: Typed,
  problem: string | null = null,
): View {
  const title = session.mode === 'setup' ? 'Save your card' : 'Pay';
  return {
    status: problem === null ? 200 : 402,
    title: problem === null ? title : `Not paid: ${problem}`,
    body: html`<main class="two">
<section aria-label="Order">${session.mode === 'setup' ? html`<h1>For later payments</h1><p class="total">Save a card</p>` : summary(session, items)}</section>
<section class="panel" aria-label="Payment"><h2>${title}</h2>
${problem === null ? null : html`<p class="bad" role="alert" id="problem">${problem}</p>`}
${form(session, typed, problem !== null)}
${testCards()}</section>
</main>`,
  };
}

function summary(session: Session, items: readonly Stripe.LineItem[]): Html {
  const total = money(session.amount_total ?? 0, session.currency ?? 'usd');
  return html`<h1>To pay</h1><p class="total">${total}</p>
<table><tbody>${items.map(row)}</tbody>
<tfoot><tr><th scope="row">Total</th><td>${total}</td></tr></tfoot></table>`;
}

function row({ description, quantity, amount_total, currency, price }: Stripe.LineItem): Html {
  const each = money(price?.unit_amount ?? 0, currency);
  const count = quantity ?? 1;
  return html`<tr><th scope="row">${description ?? 'Item'}<br><small>${count > 1 ? `${count} × ${each}` : 'Quantity 1'}</small></th><td>${money(amount_total, currency)}</td></tr>`;
}

function form(session: Session, typed: Typed, isWrong: boolean): Html {
  const action =
    session.mode === 'setup' ? 'Save card' : `Pay ${money(session.amount_total ?? 0, session.currency ?? 'usd')}`;
  const isWrongCard = isWrong ? html` aria-invalid="true" aria-describedby="problem"` : null;
  return html`<form method="post" action="${session.url}">
<label>E-mail<input name="email" type="email" required autocomplete="email" value="${typed.email}"></label>
<label>Card number<input name="number" required inputmode="numeric" autocomplete="cc-number" spellcheck="false" value="${typed.number}"${isWrongCard}></label>
<div class="pair"><label>Expiry (MM / YY)<input name="expiry" required inputmode="numeric" autocomplete="cc-exp" value="${typed.expiry}"></label>
<label>Security code<input name="cvc" required inputmode="numeric" autocomplete="cc-csc" maxlength="4" value="${typed.cvc}"></label></div>
<label>Name on card<input name="name" autocomplete="cc-name" value="${typed.name}"></label>
<button type="submit">${action}</button>
${session.cancel_url === null ? null : html`<a class="back" href="${session.cancel_url}">Cancel</a>`}
</form>`;
}

function testCards(): Html {
  return html`<details><summary>Test cards</summary><p><code>4242 4242 4242 4242</code> pays.
<code>4000 0000 0000 0002</code> is declined, <code>4000 0000 0000 9995</code> has insufficient funds.
<code>4000 0000 0000 3220</code> asks for 3-D Secure. Any expiry in the future, any security code.</p></details>`;
}
