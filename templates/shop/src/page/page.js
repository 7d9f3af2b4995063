import { readFileSync } from 'node:fs';
import { ago, hue, money } from '../format.js';
import { html, raw } from '../html.js';

const asset = (name) => raw(readFileSync(new URL(name, import.meta.url), 'utf8'));
const style = asset('style.css');
const script = asset('client.js');

/** The whole page, in one answer. Parts marked `data-live` are replaced by the script when they change. */
export function page({ products, orders, engines, cache, publicUrl, database }) {
  const tint = hue(publicUrl);
  return html`<!doctype html>
<html lang="en" style="--hue: ${tint}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Leaf &amp; Kettle</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='15' fill='hsl(${tint} 45%25 40%25)'/%3E%3Ccircle cx='16' cy='16' r='9' fill='%23d9a441'/%3E%3C/svg%3E">
<style>
${style}</style>
</head>
<body>
<header>
  <h1>Leaf <i>&amp;</i> Kettle</h1>
  <label>Ordering as <input id="email" type="email" value="you@example.com" autocomplete="email" spellcheck="false" required></label>
</header>
<main>
  <section aria-labelledby="teas">
    <h2 id="teas">Our teas <small>tins of 100 g</small></h2>
    <ul class="teas">${products.map(tea)}</ul>
  </section>
  <section aria-labelledby="latest" class="latest">
    <h2 id="latest">Latest orders</h2>
    <ol id="orders" data-live>${orders.length > 0 ? orders.map(orderRow) : html`<li class="none">None yet. Buy something!</li>`}</ol>
  </section>
</main>
<footer>
  <dl id="engines" data-live>
    <div><dt>Postgres</dt><dd>${version(engines.postgres)} <span>${database}</span></dd></div>
    <div><dt>Redis</dt><dd>${version(engines.redis)} <span>catalogue: <b class="${cache}">${CACHE[cache]}</b></span></dd></div>
    <div><dt>This checkout</dt><dd><a href="${publicUrl}">${publicUrl}</a></dd></div>
  </dl>
</footer>
<p id="status" role="status"></p>
<script type="module">
${script}</script>
</body>
</html>
`;
}

const CACHE = { hit: 'from the cache', miss: 'just cached', bypass: 'not cached' };

const version = (engine) => (engine instanceof Error ? 'away' : engine);

function tea({ id, name, origin, notes, brew, priceCents, stock }) {
  return html`
    <li class="tea">
      <div class="cup" style="--brew: ${brew}" aria-hidden="true"></div>
      <p class="price">${money(priceCents)}</p>
      <h3>${name}</h3>
      <p class="origin">${origin}</p>
      <p class="notes">${notes}</p>
      <p class="stock" id="stock-${id}" data-live>${stockLabel(stock)}</p>
      <div id="buy-${id}" data-live><button type="button" data-product="${id}" aria-label="Buy ${name}" ${stock === 0 && 'disabled'}>Buy</button></div>
    </li>`;
}

function stockLabel(stock) {
  if (stock === 0) return 'sold out';
  return stock <= 3 ? html`<em>only ${stock} left</em>` : `${stock} left`;
}

function orderRow({ code, customerEmail, items, totalCents, status, createdAt }) {
  return html`
    <li id="order-${code}" class="${status}">
      <p><b>${code}</b> <span class="state">${status}</span></p>
      <p>${items.map((item) => `${item.quantity} × ${item.name}`).join(', ')}</p>
      <p class="quiet"><span>${customerEmail}</span> <span>${money(totalCents)} · ${ago(createdAt)}</span></p>
    </li>`;
}
