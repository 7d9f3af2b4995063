import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KEYS, type ServedPayments, servePayments } from '../../../support/payments.ts';

let served: ServedPayments;
beforeAll(async () => {
  served = await servePayments();
});
afterAll(() => served[Symbol.asyncDispose]());

interface StripeJs {
  confirmPayment(options: object): Promise<{ paymentIntent?: { status: string }; error?: { code: string } }>;
  confirmCardPayment(
    secret: string,
    data: object,
  ): Promise<{ paymentIntent?: { status: string }; error?: { code: string } }>;
  retrievePaymentIntent(secret: string): Promise<{ paymentIntent?: { id: string } }>;
  createPaymentMethod(options: object): Promise<{ paymentMethod?: { id: string; card: { last4: string } } }>;
  redirectToCheckout(options: object): Promise<never>;
  initEmbeddedCheckout(): unknown;
}

/** The script as a page runs it; what it would show is not. */
async function load(): Promise<{ stripe: StripeJs; went: string[] }> {
  const src = `${served.mocks.url}/v3/`;
  const went: string[] = [];
  const location = { href: 'https://shop.example/pay', assign: (to: string) => went.push(to) };
  const window: { Stripe?: (key: string) => StripeJs } = {};
  const scope = { window, location, document: { currentScript: { src } }, fetch, URL, URLSearchParams, setTimeout };
  runInNewContext(await (await fetch(src)).text(), scope);
  return { stripe: window.Stripe?.(KEYS.publishable) as StripeJs, went };
}

const TWELVE = { amount: 1200, currency: 'eur' };

it('confirms a payment from a browser, and goes on to where the app wants it', async () => {
  const { stripe, went } = await load();
  const intent = await served.stripe.paymentIntents.create(TWELVE);
  const clientSecret = intent.client_secret as string;
  expect((await stripe.retrievePaymentIntent(clientSecret)).paymentIntent?.id).toBe(intent.id);
  const declined = await stripe.confirmPayment({
    clientSecret,
    confirmParams: { payment_method: 'pm_card_chargeDeclined', return_url: 'https://shop.example/done' },
    redirect: 'if_required',
  });
  expect(declined.error?.code).toBe('card_declined');
  const card = { number: '4242424242424242', exp_month: 12, exp_year: 34, cvc: '123' };
  const { paymentMethod } = await stripe.createPaymentMethod({ type: 'card', card });
  expect(paymentMethod?.card.last4).toBe('4242');
  void stripe.confirmPayment({
    clientSecret,
    confirmParams: { payment_method: paymentMethod?.id, return_url: 'https://shop.example/done' },
  });
  await expect
    .poll(() => went)
    .toEqual([
      `https://shop.example/done?payment_intent=${intent.id}&payment_intent_client_secret=${clientSecret}&redirect_status=succeeded`,
    ]);
});

it('leads to 3-D Secure and to checkout', async () => {
  const { stripe, went } = await load();
  const { client_secret } = await served.stripe.paymentIntents.create(TWELVE);
  void stripe.confirmCardPayment(client_secret as string, { payment_method: 'pm_card_threeDSecure2Required' });
  await expect.poll(() => went[0]).toContain('/pay/authenticate/pi_');
  void stripe.redirectToCheckout({ sessionId: 'cs_test_1' });
  expect(went[1]).toBe(`${served.mocks.url}/pay/checkout/cs_test_1`);
});

it('says of the rest of Stripe.js that it is not there', async () => {
  const { stripe } = await load();
  expect(() => stripe.initEmbeddedCheckout()).toThrow(
    "devenv's stand-in of Stripe.js doesn't have initEmbeddedCheckout.",
  );
});
