import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import type { View } from '../../pages/page.ts';
import { money } from '../amounts.ts';
import { cardFields, problemHtml, type TypedCard, testCards } from '../card-form.ts';
import { detailsHtml, type TypedDetails } from './details.ts';
import { needsCard } from './needs-card.ts';
import type { CheckoutPlan } from './plan.ts';
import type { Session } from './session.ts';

/** What stands in the form; what was typed stays when it is shown again. */
export interface Typed extends TypedCard {
  readonly email: string;
  readonly name: string;
  readonly details: TypedDetails;
}

/** What is wrong with the payment, and with the code; a sentence each. */
interface Wrong {
  readonly problem: string | null;
  readonly code: string | null;
}

export const NOTHING_WRONG: Wrong = { problem: null, code: null };

interface Shown {
  readonly session: Session;
  readonly plan: CheckoutPlan;
  readonly typed: Typed;
  readonly wrong: Wrong;
  /** What is taken off, in words. */
  readonly off: string | null;
  /** Ways of shipping that may be chosen. */
  readonly rates: readonly Stripe.ShippingRate[];
}

/** What has begun to be paid is no longer changed. */
export function takesCodes({ allow_promotion_codes }: Session, { begun }: CheckoutPlan): boolean {
  return allow_promotion_codes === true && begun === null;
}

export function checkoutView(shown: Shown): View {
  const { session, typed, wrong } = shown;
  const { problem } = wrong;
  const isSetup = session.mode === 'setup';
  const title = isSetup ? 'Save your card' : 'Pay';
  return {
    status: problem !== null ? 402 : wrong.code !== null ? 400 : 200,
    title: titleOf(title, wrong),
    body: html`<main class="two">
<section aria-label="Order">${isSetup ? html`<h1>For later payments</h1><p class="total">Save a card</p>` : summary(shown)}</section>
<section class="panel" aria-label="Payment"><h2>${title}</h2>
${problemHtml(problem)}
${form(session, typed, problem !== null)}
${needsCard(session) ? testCards() : null}</section>
</main>`,
  };
}

function titleOf(title: string, { problem, code }: Wrong): string {
  if (problem !== null) return `Not paid: ${problem}`;
  return code === null ? title : `Not applied: ${code}`;
}

function summary({ session, plan, wrong, off, rates }: Shown): Html {
  const currency = session.currency ?? 'usd';
  const total = money(session.amount_total ?? 0, currency);
  const less = money(-(session.total_details?.amount_discount ?? 0), currency);
  return html`<h1>To pay</h1><p class="total">${total}</p>
<table><tbody>${plan.lineItems.map(row)}
${off === null ? null : html`<tr><th scope="row">${off}</th><td>${less}</td></tr>`}
${shippingRow(session, rates)}</tbody>
<tfoot><tr><th scope="row">Total</th><td>${total}</td></tr></tfoot></table>
${rates.length > 1 ? shippingForm(session, rates) : null}
${takesCodes(session, plan) ? codeForm(session, off !== null, wrong.code) : null}`;
}

function shippingRow({ shipping_cost: cost, currency }: Session, rates: readonly Stripe.ShippingRate[]): Html | null {
  const rate = rates.find(({ id }) => id === cost?.shipping_rate);
  if (!cost || !rate) return null;
  return html`<tr><th scope="row">${rate.display_name}</th><td>${money(cost.amount_total, currency ?? 'usd')}</td></tr>`;
}

function shippingForm({ url, shipping_cost: cost }: Session, rates: readonly Stripe.ShippingRate[]): Html {
  const options = rates.map(({ id, display_name, fixed_amount: fixed }) => {
    const chosen = id === cost?.shipping_rate ? html` selected` : null;
    return html`<option value="${id}"${chosen}>${display_name}, ${money(fixed?.amount ?? 0, fixed?.currency ?? 'usd')}</option>`;
  });
  return html`<form method="post" action="${url}/shipping"><label>Shipping method<select name="rate">${options}</select></label>
<button type="submit" class="plain">Choose</button></form>`;
}

function codeForm({ url }: Session, isApplied: boolean, problem: string | null): Html {
  const alert = problem === null ? null : html`<p class="bad" role="alert" id="wrong-code">${problem}</p>`;
  const wrong = problem === null ? null : html` aria-invalid="true" aria-describedby="wrong-code"`;
  const typed = isApplied
    ? html`<input type="hidden" name="code" value="">`
    : html`<label>Promotion code<input name="code" required autocomplete="off" spellcheck="false"${wrong}></label>`;
  return html`${alert}<form method="post" action="${url}/code">${typed}
<button type="submit" class="plain">${isApplied ? 'Remove code' : 'Apply'}</button></form>`;
}

function row({ description, quantity, amount_subtotal, currency, price }: Stripe.LineItem): Html {
  const count = quantity ?? 1;
  const each = price?.unit_amount === null ? 'in tiers' : money(price?.unit_amount ?? 0, currency);
  return html`<tr><th scope="row">${description ?? 'Item'}<br><small>${count > 1 ? `${count} × ${each}` : 'Quantity 1'}</small></th><td>${money(amount_subtotal, currency)}</td></tr>`;
}

const VERBS: Readonly<Record<string, string>> = { book: 'Book for', donate: 'Donate', subscribe: 'Subscribe for' };

/** What the button says: https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-submit_type */
function actionOf({ mode, amount_total, currency, submit_type }: Session): string {
  if (mode === 'setup') return 'Save card';
  if (amount_total === 0 && mode === 'subscription') return 'Start trial';
  if (amount_total === 0) return 'Complete order';
  return `${VERBS[submit_type ?? 'pay'] ?? 'Pay'} ${money(amount_total ?? 0, currency ?? 'usd')}`;
}

function form(session: Session, typed: Typed, isWrong: boolean): Html {
  const { after_submit, submit } = session.custom_text;
  return html`<form method="post" action="${session.url}">
<label>E-mail<input name="email" type="email" required autocomplete="email" value="${typed.email}"></label>
${detailsHtml(session, typed.details)}
${needsCard(session) ? cardFields(typed, isWrong) : null}
<label>${needsCard(session) ? 'Name on card' : 'Name'}<input name="name" autocomplete="cc-name" value="${typed.name}"></label>
${submit && html`<p class="dim">${submit.message}</p>`}
<button type="submit">${actionOf(session)}</button>
${after_submit && html`<p class="dim">${after_submit.message}</p>`}
${session.cancel_url === null ? null : html`<a class="back" href="${session.cancel_url}">Cancel</a>`}
</form>`;
}
