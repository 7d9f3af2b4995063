import { expect, it } from 'vitest';
import { KEYS, servePayments } from '../../../support/payments.ts';

const PAY = 'amount=1000&currency=eur&confirm=true&return_url=https://shop.example/';

/** A long sequence of calls, whose later ones use what the earlier ones answered. */
async function play(seed: string): Promise<string[]> {
  await using served = await servePayments({ seed });
  const texts: string[] = [];
  const call = async (method: string, path: string, body = ''): Promise<{ id: string; url?: string }> => {
    const response = await fetch(`${served.mocks.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${KEYS.secret}`, 'idempotency-key': `${method} ${path} ${texts.length}` },
      ...(method === 'POST' && { body }),
    });
    const text = await response.text();
    texts.push(`${response.status} ${response.headers.get('request-id')} ${text}`);
    return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : { id: '' };
  };
  for (let round = 0; round < 12; round++) {
    const { id: customer } = await call('POST', '/v1/customers', `email=${round}@example.com&metadata[round]=${round}`);
    const method = await call('POST', '/v1/payment_methods', 'type=card&card[token]=tok_mastercard');
    await call('POST', `/v1/payment_methods/${method.id}/attach`, `customer=${customer}`);
    const paid = await call('POST', '/v1/payment_intents', `${PAY}&customer=${customer}&payment_method=${method.id}`);
    await call('POST', '/v1/refunds', `payment_intent=${paid.id}&amount=${100 + round}`);
    await call('POST', '/v1/payment_intents', `${PAY}&payment_method=pm_card_chargeDeclined`);
    await call('POST', '/v1/payment_intents', `${PAY}&payment_method=pm_card_threeDSecure2Required`);
    await call('POST', '/v1/setup_intents', `customer=${customer}&payment_method=pm_card_visa&confirm=true`);
    const items = `line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=${500 + round}&line_items[0][price_data][product_data][name]=Mug&line_items[0][quantity]=1`;
    const session = await call(
      'POST',
      '/v1/checkout/sessions',
      `mode=payment&success_url=https://shop.example/&${items}`,
    );
    await call('GET', `/pay/checkout/${session.id}`);
    await call('POST', '/v1/nothing');
    await call('GET', '/v1/events?limit=100');
    served.clock.moveTo(served.clock.now() + 26 * 60 * 60 * 1000);
    await call('GET', '/v1/balance');
  }
  return texts;
}

it('answers the same calls with the same bytes, for the same seed', async () => {
  const [one, two, other] = [await play('a'), await play('a'), await play('b')];
  expect(one).toEqual(two);
  expect(one.length).toBe(12 * 13);
  expect(other[0]).not.toBe(one[0]);
});
