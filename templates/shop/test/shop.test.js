import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, ago, hue, listed, money } from '../src/format.js';
import { html, raw } from '../src/html.js';
import { isOutage, reason } from '../src/log.js';
import { InvalidOrder, validateOrder } from '../src/orders.js';
import { orderPage } from '../src/page/order.js';
import { page } from '../src/page/page.js';
import { teaPage } from '../src/page/tea.js';

const order = (items, customerEmail = 'ada@example.com') => ({ customerEmail, items });
const refuses = (body, message) =>
  assert.throws(
    () => validateOrder(body),
    (error) => {
      assert.ok(error instanceof InvalidOrder);
      assert.match(error.message, message);
      return true;
    },
  );

test('a valid order comes out trimmed, merged and sorted', () => {
  const items = [
    { productId: 9, quantity: 1 },
    { productId: 2, quantity: 3 },
    { productId: 9, quantity: 4 },
  ];
  assert.deepEqual(validateOrder(order(items, ' ada@example.com ')), {
    customerEmail: 'ada@example.com',
    items: [
      { productId: 2, quantity: 3 },
      { productId: 9, quantity: 5 },
    ],
  });
});

test('an order without an e-mail address or items is refused, whatever came instead', () => {
  for (const body of [null, undefined, 7, 'order', [], {}, order('all', 7), order([], '@')]) {
    refuses(body, /^customerEmail must be .*; items must list/);
  }
  refuses(order([{ productId: 1, quantity: 1 }], 'ada @example.com'), /^customerEmail must be an e-mail address$/);
  refuses(order([{ productId: 1, quantity: 1 }], 'ada\0@example.com'), /^customerEmail must be an e-mail address$/);
});

test('every bad item is named', () => {
  refuses(
    order([{ productId: 1.5, quantity: 1 }, { productId: 2, quantity: 0 }, null]),
    /^items\[0\]\.productId .*; items\[1\]\.quantity .*; items\[2\]\.productId .*; items\[2\]\.quantity/,
  );
  refuses(
    order([{ productId: 2 ** 31, quantity: '1' }]),
    /productId .*; .*quantity must be a whole number from 1 to 20$/,
  );
});

test('splitting a large quantity over two items does not get it through', () => {
  refuses(
    order([
      { productId: 3, quantity: 11 },
      { productId: 3, quantity: 10 },
    ]),
    /^at most 20 of product 3/,
  );
});

test('money', () => {
  assert.equal(money(1850), '€18.50');
  assert.equal(money(5), '€0.05');
  assert.equal(money(123456789), '€1,234,567.89');
});

test('what a tea tastes of, in a sentence', () => {
  assert.equal(listed('melon, hay, honey'), 'melon, hay and honey');
  assert.equal(listed('smoke'), 'smoke');
});

test('how long ago', () => {
  const now = new Date('2030-01-10T12:00:00Z');
  const times = { '11:59:30': 'just now', '11:55:00': '5 min ago', '09:00:00': '3 h ago' };
  for (const [time, text] of Object.entries(times)) assert.equal(ago(`2030-01-10T${time}Z`, now), text);
  assert.equal(ago('2030-01-09T11:00:00Z', now), '1 day ago');
  assert.equal(ago('2030-01-01T12:00:00Z', now), '9 days ago');
  assert.equal(ago('2030-01-10T12:00:05Z', now), 'just now'); // the database's clock may be ahead
});

test('an address has no user and no password', () => {
  assert.equal(address('postgres://shop:s3cret@127.0.0.1:15432/shop?sslmode=disable'), '127.0.0.1:15432/shop');
  assert.equal(address('postgres://localhost/shop'), 'localhost:5432/shop');
});

test('a checkout keeps its tint, and another one has another', () => {
  assert.equal(hue('http://127.0.0.1:3000'), hue('http://127.0.0.1:3000'));
  assert.notEqual(hue('http://127.0.0.1:3000'), hue('http://127.0.0.1:3001'));
});

test('html escapes values, keeps nested html, leaves out what is not there', () => {
  const list = ['<b>', '"\'&'].map((text) => html`<li>${text}</li>`);
  assert.equal(`${html`<ul>${list}</ul>`}`, '<ul><li>&lt;b&gt;</li><li>&quot;&#39;&amp;</li></ul>');
  assert.equal(`${html`[${null}${undefined}${false}${0}${raw('<i>')}]`}`, '[0<i>]');
});

const evil = '"><script>alert(1)</script>';
const bought = { ...order([]), code: 'ABC123', items: [], totalCents: 100, status: 'pending', createdAt: new Date() };

test('all pages show hostile data as text', () => {
  const tea = { id: 1, slug: 'x', name: evil, origin: evil, notes: evil, brew: '#aabbcc', priceCents: 100, stock: 0 };
  const items = [{ quantity: 1, name: evil, priceCents: 100 }];
  const order = { ...bought, customerEmail: evil, items, summary: evil };
  const publicUrl = 'http://shop.localhost';
  const pages = [
    page({
      products: [tea],
      orders: [order],
      engines: { postgres: '17.1', redis: new Error(evil) },
      cache: 'hit',
      publicUrl,
      database: evil,
      stripe: evil,
    }),
    teaPage({ tea, publicUrl }),
    orderPage({ order, publicUrl }),
  ].map(String);
  for (const text of pages) {
    assert.ok(!text.includes('<script>alert'));
    assert.equal(text.match(/<script/g).length, 1);
  }
  for (const text of pages.slice(0, 2)) assert.match(text, /aria-label="Buy &quot;&gt;&lt;script.*" disabled/);
});

test('the page of an order follows it until there is nothing to wait for', () => {
  const shown = (more) => `${orderPage({ order: { ...bought, ...more }, publicUrl: 'http://shop.localhost' })}`;
  assert.match(shown({}), /Waiting for your payment[\s\S]*<p data-soon/);
  const back = orderPage({ order: bought, publicUrl: 'http://shop.localhost', comesFromStripe: true });
  assert.match(`${back}`, /Thank you![\s\S]*<p data-soon/);
  assert.match(shown({ status: 'paid' }), /Thank you![\s\S]*<p data-soon/);
  assert.match(shown({ status: 'confirmed' }), /confirmed[\s\S]*<p data-soon/);
  const done = shown({ status: 'confirmed', summary: 'Two tins of Sencha.' });
  assert.match(done, /<blockquote id="summary">Two tins of Sencha\.<\/blockquote>/);
  assert.doesNotMatch(done, /<p data-soon/);
  assert.doesNotMatch(shown({ status: 'cancelled' }), /<p data-soon/);
});

test('an outage is told from a mistake in the code', () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  assert.ok(isOutage(refused));
  assert.equal(reason(refused), 'ECONNREFUSED');
  assert.ok(isOutage(Object.assign(new Error('the database system is starting up'), { code: '57P03' })));
  assert.ok(isOutage(new Error('Connection terminated unexpectedly')));
  assert.ok(!isOutage(new TypeError('x is not a function')));
  assert.ok(!isOutage(Object.assign(new Error('syntax error'), { code: '42601' })));
});
