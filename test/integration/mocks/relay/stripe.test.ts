import Stripe from 'stripe';
import { expect, it } from 'vitest';
import type { Provider } from '../../../../src/mocks/provider.ts';
import { KEYS, servePayments } from '../../../support/payments.ts';
import { MINTED, makeRecordings, REAL, recording, replaying } from '../../../support/relays.ts';
import { type ServedMocks, serveMocks } from '../../../support/serve-mocks.ts';

function clientOf({ url }: ServedMocks): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(MINTED, { host: hostname, port: Number(port), protocol: 'http', maxNetworkRetries: 0 });
}

function serve(provider: Provider): Promise<ServedMocks> {
  return serveMocks([{ prefix: '/', provider }]);
}

/** The payments mock as Stripe's test mode: it takes the real key alone. */
function testMode() {
  return servePayments({ keys: { ...KEYS, secret: REAL } });
}

async function buy(stripe: Stripe): Promise<unknown[]> {
  const customer = await stripe.customers.create({ name: 'Ada', metadata: { b: '2', a: '1' } });
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 1_000, currency: 'eur', customer: customer.id, payment_method: 'pm_card_visa', confirm: true },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  const declined = await stripe.paymentIntents
    .create({
      ...{ amount: 2_000, currency: 'eur', payment_method: 'pm_card_chargeDeclined', confirm: true },
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    })
    .catch((error: unknown) => error);
  const endpoint = await stripe.webhookEndpoints.create({ url: 'https://example.org/hooks', enabled_events: ['*'] });
  const found: string[] = [];
  for await (const one of stripe.customers.list({ limit: 1 })) found.push(one.id);
  const { code, message } = declined as Stripe.errors.StripeCardError;
  return [
    customer.id,
    intent.id,
    intent.status,
    intent.amount,
    code,
    message,
    endpoint.id,
    found,
    declined instanceof Stripe.errors.StripeCardError,
  ];
}

it('what Stripe’s test mode answered is replayed to the official client, without the secrets in it', async () => {
  await using recordings = await makeRecordings();
  let first: unknown[];
  {
    await using stripe = await testMode();
    await using relay = await serve(recording('stripe', stripe.mocks.url, recordings));
    first = await buy(clientOf(relay));
    expect(first.slice(2, 5)).toEqual(['succeeded', 1_000, 'card_declined']);
    expect(first.at(-1)).toBe(true);
  }
  const kept = JSON.stringify(await recordings.files());
  expect(kept).not.toMatch(/_secret_[A-Za-z0-9]|whsec_|req_[A-Za-z0-9]{6}|[srp]k_test_/);
  await using replay = await serve(replaying('stripe', recordings));
  expect(await buy(clientOf(replay))).toEqual(first);
  const missing = clientOf(replay)
    .customers.retrieve('cus_of_another_run')
    .catch((error: unknown) => error);
  expect(await missing).toMatchObject({
    statusCode: 404,
    type: 'StripeInvalidRequestError',
    message: expect.stringContaining('--set mocks.payments.stripe=record'),
  });
});

it('the sandbox is passed on to and not recorded', async () => {
  await using stripe = await testMode();
  await using relay = await serve(recording('stripe', stripe.mocks.url, null));
  expect((await buy(clientOf(relay)))[2]).toBe('succeeded');
  expect(relay.calls.map(({ answer }) => answer.told.rule)).toEqual(relay.calls.map(() => 'passed on'));
});
