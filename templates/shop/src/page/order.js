import { ago, money } from '../format.js';
import { html } from '../html.js';
import { backToTeas, layout } from './layout.js';

const TITLES = {
  pending: 'Waiting for your payment',
  paid: 'Thank you!',
  confirmed: 'Thank you!',
  cancelled: 'This order is cancelled',
};
const SAYS = {
  pending: 'As soon as Stripe tells us that it is paid, we go on with it.',
  paid: 'It is paid. We are confirming it.',
  confirmed: 'It is paid and confirmed.',
  cancelled: 'Nothing was charged, and the tea is back on the shelf.',
};

/** The page of one order; it follows what becomes of it. */
export function orderPage({ order, publicUrl }) {
  const { code, status, items, totalCents, customerEmail, createdAt, summary } = order;
  const main = html`
<main class="one">
  <article class="card order ${status}" id="order" data-live>
    <h2>${TITLES[status]}</h2>
    <p>Order <b>${code}</b> <span class="state">${status}</span></p>
    <p ${(status === 'pending' || isUnderWay(order)) && 'data-soon'}>${SAYS[status]}</p>
    ${summary && html`<blockquote id="summary">${summary}</blockquote>`}
    <table>
      <tbody>${items.map(itemRow)}</tbody>
      <tfoot><tr><th scope="row">Total</th><td>${money(totalCents)}</td></tr></tfoot>
    </table>
    <p class="quiet">${customerEmail} · ${ago(createdAt)}</p>
  </article>
</main>`;
  return layout({ title: TITLES[status], publicUrl, aside: backToTeas, main });
}

/** The worker still has something to do. */
export function isUnderWay({ status, summary }) {
  return status === 'paid' || (status === 'confirmed' && !summary);
}

function itemRow({ name, quantity, priceCents }) {
  return html`<tr><th scope="row">${quantity} × ${name}</th><td>${money(quantity * priceCents)}</td></tr>`;
}
