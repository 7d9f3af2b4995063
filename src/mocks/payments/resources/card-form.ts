import type { Stripe } from 'stripe';
import { ApiError } from '../api/errors.ts';
import { type Html, html } from '../pages/html.ts';
import type { Transaction } from '../store/transaction.ts';
import { newPaymentMethod } from './payment-methods/payment-method.ts';

/** What somebody typed of a card; it stays when the form is shown again. */
export interface TypedCard {
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
}

/** A card that pays, to begin with; the time is in seconds since 1970. */
export function usualCard(now: number): TypedCard {
  const year = new Date(now * 1000).getUTCFullYear() + 2;
  return { number: '4242 4242 4242 4242', expiry: `12 / ${year % 100}`, cvc: '123' };
}

export function typedCard(form: URLSearchParams): TypedCard {
  return { number: typedIn(form, 'number'), expiry: typedIn(form, 'expiry'), cvc: typedIn(form, 'cvc') };
}

export function typedIn(form: URLSearchParams, field: string): string {
  return (form.get(field) ?? '').trim();
}

interface Billing {
  readonly email: string | null;
  readonly name: string | null;
  readonly address?: Stripe.Address;
  readonly phone?: string | null;
}

/** The card as a payment method; what is wrong with it is a sentence for whoever typed it. */
export function methodTyped(
  { number, expiry, cvc }: TypedCard,
  billing_details: Billing,
  tx: Transaction,
): Stripe.PaymentMethod | string {
  const [, month, year] = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(expiry) ?? [];
  if (month === undefined) return "Your card's expiration date is incomplete: it is MM / YY.";
  try {
    const card = { number, exp_month: Number(month), exp_year: Number(year), cvc };
    return newPaymentMethod({ type: 'card', card, billing_details }, tx);
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}

/** Its fields, of which a problem that the page shows under the id `problem` is told. */
export function cardFields({ number, expiry, cvc }: TypedCard, isWrong: boolean): Html {
  const wrong = isWrong ? html` aria-invalid="true" aria-describedby="problem"` : null;
  return html`<label>Card number<input name="number" required inputmode="numeric" autocomplete="cc-number" spellcheck="false" value="${number}"${wrong}></label>
<div class="pair"><label>Expiry (MM / YY)<input name="expiry" required inputmode="numeric" autocomplete="cc-exp" value="${expiry}"></label>
<label>Security code<input name="cvc" required inputmode="numeric" autocomplete="cc-csc" maxlength="4" value="${cvc}"></label></div>`;
}

export function problemHtml(problem: string | null): Html | null {
  return problem === null ? null : html`<p class="bad" role="alert" id="problem">${problem}</p>`;
}

export function testCards(): Html {
  return html`<details><summary>Test cards</summary><p><code>4242 4242 4242 4242</code> pays.
<code>4000 0000 0000 0002</code> is declined, <code>4000 0000 0000 9995</code> has insufficient funds.
<code>4000 0000 0000 3220</code> asks for 3-D Secure. Any expiry in the future, any security code.</p></details>`;
}
