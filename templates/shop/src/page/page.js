import { ago, money } from '../format.js';
import { html } from '../html.js';
import { layout, orderingAs } from './layout.js';
import { isUnderWay } from './order.js';
import { buyButton, stockLabel } from './tea.js';

/** The catalogue, the latest orders, and what all of it runs on. */
export function page({ products, orders, engines, cache, publicUrl, database, stripe }) {
  const main = html`
<main>
  <section aria-labelledby="teas">
    <h2 id="teas">Our teas <small>tins of 100 g</small></h2>
    <ul class="teas">${products.map(tea)}</ul>
  </section>
  <section aria-labelledby="latest" class="latest">
    <h2 id="latest">Latest orders</h2>
    <ol id="orders" data-live>${orders.length > 0 ? orders.map(orderRow) : html`<li class="none">None yet. Buy something!</li>`}</ol>
  </section>
</main>`;
  const footer = html`
<footer>
  <dl id="engines" data-live>
    <div><dt>Postgres</dt><dd>${version(engines.postgres)} <span>${database}</span></dd></div>
    <div><dt>Redis</dt><dd>${version(engines.redis)} <span>catalogue: <b class="${cache}">${CACHE[cache]}</b></span></dd></div>
    <div><dt>Stripe</dt><dd>${stripe ? html`mocked <span>${stripe}</span>` : 'the real one'}</dd></div>
    <div><dt>This checkout</dt><dd><a href="${publicUrl}">${publicUrl}</a></dd></div>
  </dl>
</footer>`;
  return layout({ publicUrl, aside: orderingAs, main, footer });
}

const CACHE = { hit: 'from the cache', miss: 'just cached', bypass: 'not cached' };

const version = (engine) => (engine instanceof Error ? 'away' : engine);

function tea(product) {
  const { id, slug, name, origin, notes, brew, priceCents, stock } = product;
  return html`
    <li class="tea">
      <div class="cup" style="--brew: ${brew}" aria-hidden="true"></div>
      <p class="price">${money(priceCents)}</p>
      <h3><a href="/teas/${slug}">${name}</a></h3>
      <p class="origin">${origin}</p>
      <p class="notes">${notes}</p>
      <p class="stock" id="stock-${id}" data-live>${stockLabel(stock)}</p>
      ${buyButton(product)}
    </li>`;
}

function orderRow(order) {
  const { code, customerEmail, items, totalCents, status, summary, createdAt } = order;
  return html`
    <li id="order-${code}" class="${status}" ${isUnderWay(order) && 'data-soon'}>
      <p><b><a href="/orders/${code}">${code}</a></b> <span class="state">${status}</span></p>
      <p>${items.map((item) => `${item.quantity} × ${item.name}`).join(', ')}</p>
      ${summary && html`<p class="summary">${summary}</p>`}
      <p class="quiet"><span>${customerEmail}</span> <span>${money(totalCents)} · ${ago(createdAt)}</span></p>
    </li>`;
}
