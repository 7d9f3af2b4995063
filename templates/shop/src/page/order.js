import { ago, money } from '../format.js';
import { html } from '../html.js';
import { backToTeas, layout } from './layout.js';

const TITLES = {
  paying: 'Thank you!',
  pending: 'Waiting for your payment',
  paid: 'Thank you!',
  confirmed: 'Thank you!',
  cancelled: 'This order is cancelled',
};
const SAYS = {
  paying: 'Stripe is about to tell us that it is paid.',
  pending: 'As soon as Stripe tells us that it is paid, we go on with it.',
  paid: 'It is paid. We are confirming it.',
  confirmed: 'It is paid and confirmed.',
  cancelled: 'Nothing was charged, and the tea is back on the shelf.',
};

/** The page of one order; it follows what becomes of it. Who comes from Stripe is here before the word that it is paid. */
export function orderPage({ order, publicUrl, comesFromStripe = false }) {
  const { code, status, items, totalCents, customerEmail, createdAt, summary } = order;
  const stage = comesFromStripe && status === 'pending' ? 'paying' : status;
  const main = html`
<main class="one">
  <article class="card order ${status}" id="order" data-live>
    <h2>${TITLES[stage]}</h2>
    <p>Order <b>${code}</b> <span class="state">${status}</span></p>
    <p ${(status === 'pending' || isUnderWay(order)) && 'data-soon'}>${SAYS[stage]}</p>
    ${summary && html`<blockquote id="summary">${summary}</blockquote>`}
    <table>
      <tbody>${items.map(itemRow)}</tbody>
      <tfoot><tr><th scope="row">Total</th><td>${money(totalCents)}</td></tr></tfoot>
    </table>
    <p class="quiet">${customerEmail} · ${ago(createdAt)}</p>
  </article>
</main>`;
  return layout({ title: TITLES[stage], publicUrl, aside: backToTeas, main });
}

/** The worker still has something to do. */
export function isUnderWay({ status, summary }) {
  return status === 'paid' || (status === 'confirmed' && !summary);
}

function itemRow({ name, quantity, priceCents }) {
  return html`<tr><th scope="row">${quantity} × ${name}</th><td>${money(quantity * priceCents)}</td></tr>`;
}
