import { listed, money } from '../format.js';
import { html } from '../html.js';
import { layout, orderingAs } from './layout.js';

/** The page of one tea. */
export function teaPage({ tea, publicUrl }) {
  const { id, name, origin, notes, brew, priceCents, stock } = tea;
  const main = html`
<main class="one">
  <article class="card">
    <div class="cup" style="--brew: ${brew}" aria-hidden="true"></div>
    <div class="about">
      <h2>${name}</h2>
      <p class="origin">${origin}</p>
      <p>It tastes of ${listed(notes)}.</p>
      <p class="price">${money(priceCents)} <small>a tin of 100 g</small></p>
      <p class="stock" id="stock-${id}" data-live>${stockLabel(stock)}</p>
      <p class="buy"><label>Tins <input id="quantity" type="number" value="1" min="1" max="20" required></label>
      ${buyButton(tea)}</p>
      <p><a href="/">All teas</a></p>
    </div>
  </article>
</main>`;
  return layout({ title: name, publicUrl, aside: orderingAs, main });
}

export function buyButton({ id, name, stock }) {
  return html`<span class="offer" id="buy-${id}" data-live><button type="button" data-product="${id}" aria-label="Buy ${name}" ${stock === 0 && 'disabled'}>Buy</button></span>`;
}

export function stockLabel(stock) {
  if (stock === 0) return 'sold out';
  return stock <= 3 ? html`<em>only ${stock} left</em>` : `${stock} left`;
}
