import { expect, it } from 'vitest';
import { servePayments } from '../../../support/payments.ts';

it('keeps products with their prices, and tells of both', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const product = await stripe.products.create({
    name: 'Tea',
    images: ['https://example.com/tea.png'],
    default_price_data: { currency: 'eur', unit_amount: 450 },
  });
  const price = await stripe.prices.retrieve(product.default_price as string);
  expect(price).toMatchObject({ product: product.id, unit_amount: 450, type: 'one_time', recurring: null });
  expect(price.unit_amount_decimal?.toString()).toBe('450');
  const renamed = await stripe.products.update(product.id, { name: 'Green tea', description: 'x' });
  expect(renamed).toMatchObject({ name: 'Green tea', images: ['https://example.com/tea.png'] });
  const types = (await stripe.events.list()).data.map(({ type }) => type);
  expect(types).toEqual(['product.updated', 'price.created', 'product.created']);
  await expect(stripe.products.del(product.id)).rejects.toThrow('user-created prices');
  const bare = await stripe.products.create({ id: 'cup', name: 'Cup' });
  await expect(stripe.products.create({ id: 'cup', name: 'Cup' })).rejects.toMatchObject({
    code: 'resource_already_exists',
  });
  expect(await stripe.products.del(bare.id)).toEqual({ id: 'cup', object: 'product', deleted: true });
  expect((await stripe.products.list({ active: true })).data.map(({ id }) => id)).toEqual([product.id]);
  expect((await stripe.products.list({ active: false })).data).toEqual([]);
});

it('finds prices by what they are', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const monthly = await stripe.prices.create({
    currency: 'usd',
    unit_amount_decimal: '10.50' as never,
    recurring: { interval: 'month' },
    lookup_key: 'pro',
    product_data: { name: 'Pro' },
  });
  expect([monthly.unit_amount, String(monthly.unit_amount_decimal)]).toEqual([null, '10.5']);
  const product = monthly.product as string;
  const once = await stripe.prices.create({ currency: 'usd', unit_amount: 900, product, active: false });
  const idsOf = async (params: Parameters<typeof stripe.prices.list>[0]) =>
    (await stripe.prices.list(params)).data.map(({ id }) => id);
  expect(await idsOf({ product })).toEqual([once.id, monthly.id]);
  expect(await idsOf({ lookup_keys: ['pro', 'max'] })).toEqual([monthly.id]);
  expect(await idsOf({ type: 'recurring' })).toEqual([monthly.id]);
  expect(await idsOf({ recurring: { interval: 'year' } })).toEqual([]);
  expect(await idsOf({ active: false, product })).toEqual([once.id]);
  const expanded = await stripe.prices.retrieve(monthly.id, { expand: ['product', 'currency_options'] });
  expect(expanded).toMatchObject({ product: { name: 'Pro' }, currency_options: { usd: { unit_amount: null } } });
});

it('lets a lookup key name one price, and moves it only when asked to', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { id: product } = await stripe.products.create({ name: 'Pro' });
  const given = { currency: 'usd', product, lookup_key: 'pro' };
  const first = await stripe.prices.create({ ...given, unit_amount: 100 });
  await expect(stripe.prices.create({ ...given, unit_amount: 200 })).rejects.toMatchObject({ param: 'lookup_key' });
  const second = await stripe.prices.create({ ...given, unit_amount: 200, transfer_lookup_key: true });
  expect(second.lookup_key).toBe('pro');
  expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
});

it('refuses prices that Stripe refuses, and says which ones the mock does not have', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { id: product } = await stripe.products.create({ name: 'Pro' });
  const given = { currency: 'usd', product };
  await expect(stripe.prices.create(given)).rejects.toMatchObject({ param: 'unit_amount' });
  const tooLong = { interval: 'year', interval_count: 4 } as const;
  await expect(stripe.prices.create({ ...given, unit_amount: 1, recurring: tooLong })).rejects.toMatchObject({
    param: 'recurring[interval_count]',
  });
  await expect(
    stripe.prices.create({ ...given, unit_amount: 1, transform_quantity: { divide_by: 2, round: 'up' } }),
  ).rejects.toMatchObject({
    headers: { 'x-devenv-unsupported': 'true' },
  });
  await expect(stripe.prices.search({ query: "active:'true'" })).rejects.toMatchObject({
    headers: { 'x-devenv-unsupported': 'true' },
  });
});

it('keeps coupons and promotion codes', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const coupon = await stripe.coupons.create({ id: 'SPRING', percent_off: 12.5, duration: 'once', name: 'Spring' });
  expect(coupon).toMatchObject({ id: 'SPRING', percent_off: 12.5, valid: true, times_redeemed: 0 });
  const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: 'SPRING' }, code: 'HELLO' });
  expect((await stripe.promotionCodes.list({ code: 'hello', active: true })).data).toEqual([code]);
  const again = { promotion: { type: 'coupon', coupon: 'SPRING' }, code: 'HELLO' } as const;
  await expect(stripe.promotionCodes.create(again)).rejects.toMatchObject({ code: 'resource_already_exists' });
  const off = await stripe.promotionCodes.update(code.id, { active: false });
  expect(off.active).toBe(false);
  expect(await stripe.coupons.del('SPRING')).toEqual({ id: 'SPRING', object: 'coupon', deleted: true });
  await expect(stripe.coupons.retrieve('SPRING')).rejects.toMatchObject({ code: 'resource_missing' });
  expect((await stripe.coupons.list()).data).toEqual([]);
  await expect(stripe.coupons.create({ percent_off: 120 })).rejects.toMatchObject({ param: 'percent_off' });
  await expect(stripe.coupons.create({ amount_off: 500 })).rejects.toMatchObject({ param: 'currency' });
  await expect(stripe.coupons.create({ percent_off: 5, duration: 'repeating' })).rejects.toMatchObject({
    param: 'duration_in_months',
  });
});
