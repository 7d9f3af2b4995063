import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import type { Transaction } from '../../store/transaction.ts';
import { day } from '../day.ts';
import { priceText, productName } from '../invoices/lines.ts';
import { periodOf } from '../subscriptions/subscription.ts';
import { pricesFor } from './choices.ts';
import type { Configuration } from './configuration.ts';

type Features = Configuration['features'];

/** One subscription, with what may be done with it. */
export function subscriptionHtml(url: string, one: Stripe.Subscription, features: Features, tx: Transaction): Html {
  const names = one.items.data.map(({ price }) => nameOf(price, tx)).join('; ');
  const until = day(periodOf(one).end);
  const at = `${url}/subscriptions/${one.id}`;
  return html`<p>${names}<br><small>${one.status}, ${one.cancel_at_period_end ? `ends on ${until}` : `renews on ${until}`}</small></p>
${features.subscription_update.enabled ? planForm(at, one, features.subscription_update, tx) : null}
${features.subscription_cancel.enabled ? cancelForm(at, one, features.subscription_cancel) : null}`;
}

function planForm(
  at: string,
  one: Stripe.Subscription,
  update: Features['subscription_update'],
  tx: Transaction,
): Html | null {
  const prices = pricesFor(one, update, tx);
  if (prices.length === 0) return null;
  const may = (what: string) => update.default_allowed_updates.includes(what);
  const quantity = one.items.data[0]?.quantity ?? 1;
  return html`<form method="post" action="${at}/plan">
${may('price') ? html`<label>Plan<select name="price">${prices.map((price) => html`<option value="${price.id}">${nameOf(price, tx)}</option>`)}</select></label>` : null}
${may('quantity') ? html`<label>Quantity<input name="quantity" type="number" min="1" required value="${quantity}"></label>` : null}
${may('promotion_code') ? html`<label>Promotion code<input name="code" autocomplete="off" spellcheck="false"></label>` : null}
<button type="submit">Change plan</button></form>`;
}

function cancelForm(
  at: string,
  one: Stripe.Subscription,
  { cancellation_reason }: Features['subscription_cancel'],
): Html {
  const ends = one.cancel_at_period_end;
  const asks = cancellation_reason.enabled && !ends && cancellation_reason.options.length > 0;
  const options = cancellation_reason.options.map((why) => html`<option value="${why}">${spoken(why)}</option>`);
  return html`<form method="post" action="${at}"><input type="hidden" name="ends" value="${String(!ends)}">
${asks ? html`<label>Why?<select name="feedback"><option value="">Rather not say</option>${options}</select></label>` : null}
<button class="plain" type="submit">${ends ? 'Let it go on' : 'Cancel subscription'}</button></form>`;
}

function nameOf(price: Stripe.Price, tx: Transaction): string {
  return `${productName(price, tx)}, ${priceText(price)}`;
}

/** `too_expensive`, in words. */
function spoken(name: string): string {
  return name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());
}
