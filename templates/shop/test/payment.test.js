import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { checkoutOf, endCheckout, startCheckout } from '../src/checkout.js';
import { addressOf, isStripes, openStripe } from '../src/stripe.js';
import { describe, writeSummary } from '../src/summary.js';
import { handleEvent } from '../src/webhook.js';

const run = promisify(execFile);
const bought = {
  code: 'ABC123',
  customerEmail: 'ada@example.com',
  items: [
    { quantity: 2, name: 'Sencha', origin: 'Shizuoka, Japan', notes: 'cut grass, sea air', priceCents: 1140 },
    { quantity: 1, name: 'Keemun', origin: 'Qimen, China', notes: 'cocoa, plum, pine smoke', priceCents: 1320 },
  ],
  totalCents: 3600,
};

test('a checkout has a line for each product, and the order by which it is known again', () => {
  const { line_items, metadata, success_url, cancel_url } = checkoutOf(bought, 'http://shop.localhost');
  assert.deepEqual(line_items[0], {
    quantity: 2,
    price_data: { currency: 'eur', unit_amount: 1140, product_data: { name: 'Sencha' } },
  });
  assert.equal(line_items.length, 2);
  assert.deepEqual(metadata, { order: 'ABC123' });
  assert.equal(success_url, 'http://shop.localhost/thanks?session={CHECKOUT_SESSION_ID}');
  assert.equal(cancel_url, 'http://shop.localhost/cancel/ABC123');
});

test('an order gets one checkout, and one that is paid is not ended', async () => {
  const calls = [];
  const answering = (status) => ({
    checkout: {
      sessions: {
        create: async (_params, options) => calls.push(options),
        retrieve: async (id) => ({ id, status }),
        async expire(id) {
          calls.push(id);
          return { id, status: 'expired' };
        },
      },
    },
  });
  await startCheckout(answering('open'), bought, 'http://shop.localhost');
  assert.deepEqual(calls.splice(0), [{ idempotencyKey: 'order-ABC123' }]);
  assert.equal(await endCheckout(answering('open'), 'cs_1'), true);
  assert.equal(await endCheckout(answering('expired'), 'cs_2'), true);
  assert.equal(await endCheckout(answering('complete'), 'cs_3'), false);
  assert.deepEqual(calls, ['cs_1']);
});

test('Stripe is where it says, or at its own address', () => {
  assert.deepEqual(addressOf('http://127.0.0.1:4100'), { host: '127.0.0.1', port: '4100', protocol: 'http' });
  assert.deepEqual(addressOf(undefined), {});
});

test('a webhook that nobody signed, or long ago, is told from one of Stripe', async () => {
  const { webhooks } = await openStripe('sk_test_of_nobody')();
  const [payload, secret] = ['{"id":"evt_1","object":"event"}', 'whsec_of_a_test'];
  const signed = (more) => webhooks.generateTestHeaderString({ payload, secret, ...more });
  assert.equal(webhooks.constructEvent(Buffer.from(payload), signed(), secret).id, 'evt_1');
  for (const header of ['', 't=1,v1=00', signed({ secret: 'another' }), signed({ timestamp: 1_700_000_000 })]) {
    assert.throws(() => webhooks.constructEvent(Buffer.from(payload), header, secret), isStripes);
  }
  assert.ok(!isStripes(new TypeError('x is not a function')));
});

/** Stands in for Postgres: says how many rows each statement changes, and which statements came. */
function pool(changes) {
  const told = [];
  const query = async (sql) => {
    told.push(/^\s*(begin|commit|rollback|insert into \w+|update \w+|with \w+)/.exec(sql)[1]);
    return { rowCount: changes(told.at(-1)) };
  };
  return { told, connect: async () => ({ query, release() {} }) };
}

test('an event is acted on in the transaction that remembers it', async () => {
  const event = (type, more) => ({ id: 'evt_1', type, data: { object: { metadata: { order: 'ABC123' }, ...more } } });
  const fresh = pool(() => 1);
  assert.deepEqual(await handleEvent(fresh, event('checkout.session.completed', { payment_status: 'paid' })), {
    code: 'ABC123',
    became: 'paid',
  });
  assert.deepEqual(fresh.told, ['begin', 'insert into stripe_events', 'update orders', 'commit']);
  const expired = pool(() => 1);
  assert.equal((await handleEvent(expired, event('checkout.session.expired'))).became, 'cancelled');
  assert.deepEqual(expired.told, ['begin', 'insert into stripe_events', 'with cancelled', 'commit']);
});

test('an event that came before, is not ours, or has no money in it yet changes nothing', async () => {
  const [type, object] = ['checkout.session.completed', { metadata: { order: 'ABC123' }, payment_status: 'paid' }];
  const known = pool(() => 0);
  assert.equal(await handleEvent(known, { id: 'evt_1', type, data: { object } }), undefined);
  assert.deepEqual(known.told, ['begin', 'insert into stripe_events', 'commit']);
  const other = pool(() => 1);
  await handleEvent(other, { id: 'evt_2', type: 'charge.succeeded', data: { object } });
  await handleEvent(other, { id: 'evt_3', type, data: { object: { ...object, metadata: {} } } });
  assert.deepEqual(other.told, []);
  const unpaid = pool(() => 1);
  const data = { object: { ...object, payment_status: 'unpaid' } };
  assert.equal(await handleEvent(unpaid, { id: 'evt_4', type, data }), undefined);
  assert.deepEqual(unpaid.told, ['begin', 'insert into stripe_events', 'commit']);
});

test('the model hears of the tea and not of who bought it, and has to say something', async () => {
  const text = describe(bought);
  assert.match(
    text,
    /^You ordered 2 tins of Sencha from Shizuoka, Japan, which tastes of cut grass and sea air; and 1/,
  );
  assert.match(text, /It comes to €36\.00\.$/);
  assert.ok(!text.includes('ada'));
  const model = (content) => ({
    chat: { completions: { create: async () => ({ choices: [{ message: { content } }] }) } },
  });
  assert.equal(await writeSummary(model(' Two teas,\n for you. '), bought), 'Two teas, for you.');
  await assert.rejects(writeSummary(model(''), bought), /said nothing/);
});

test('the app says at once all that it is not told', async () => {
  const told = async (script) => {
    const env = { PATH: process.env.PATH, PORT: '3000' };
    const { stderr, code } = await run(process.execPath, [`src/${script}.js`], { env }).catch((error) => error);
    assert.equal(code, 1);
    return stderr;
  };
  assert.equal(
    await told('server'),
    'shop: DATABASE_URL, REDIS_URL, PUBLIC_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET not set. Start the app with devenv, or set it yourself.\n',
  );
  assert.match(await told('worker'), /^shop: DATABASE_URL, REDIS_URL, OPENAI_API_KEY not set\./);
});
