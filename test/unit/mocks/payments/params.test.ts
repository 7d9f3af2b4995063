import { expect, it } from 'vitest';
import { ApiError } from '../../../../src/mocks/payments/api/errors.ts';
import { asToday } from '../../../../src/mocks/payments/api/older-versions.ts';
import { created, metadata } from '../../../../src/mocks/payments/params/common.ts';
import { list, notHereYet, object, readParams } from '../../../../src/mocks/payments/params/composed.ts';
import { required, type Shape, unsettable } from '../../../../src/mocks/payments/params/kind.ts';
import { parseForm } from '../../../../src/mocks/payments/params/parse-form.ts';
import {
  currency,
  decimal,
  email,
  flag,
  integer,
  oneOf,
  text,
  timestamp,
  url,
} from '../../../../src/mocks/payments/params/scalars.ts';

const shape = {
  amount: required(integer({ min: 1, max: 100 })),
  name: unsettable(text({ max: 5 })),
  active: flag,
  at: timestamp,
  price: decimal,
  currency,
  email,
  url,
  mode: oneOf('a', 'b', 'c'),
  metadata,
  created,
  items: list(object({ price: required(text()), quantity: integer() }), { max: 2 }),
  ...notHereYet('tax'),
};

function read(form: string, of: Shape = shape): unknown {
  return readParams(of, parseForm(form));
}

function refusal(form: string): object {
  try {
    read(form);
  } catch (error) {
    if (error instanceof ApiError) return { ...error.body, ...(error.options.unsupported && { unsupported: true }) };
  }
  return {};
}

it('reads what form encoding sends', () => {
  expect(
    read(
      'amount=5&name=&active=true&at=1700000000&price=1.25&currency=EUR&email=a%40b.c&mode=b&created[gte]=5&metadata[a]=1&metadata[b]=' +
        '&items[0][price]=p1&items[0][quantity]=2&items[1][price]=p2&url=https://a.b/{ID}',
    ),
  ).toEqual({
    amount: 5,
    name: null,
    active: true,
    at: 1_700_000_000,
    price: '1.25',
    currency: 'eur',
    email: 'a@b.c',
    url: 'https://a.b/{ID}',
    mode: 'b',
    created: { gte: 5 },
    metadata: { a: '1', b: '' },
    items: [{ price: 'p1', quantity: 2 }, { price: 'p2' }],
  });
  expect(read('items[]=a&items[]=b', { items: list(text()) })).toEqual({ items: ['a', 'b'] });
  expect(read('items=', { items: list(text()) })).toEqual({ items: [] });
  expect(read('metadata=', { metadata })).toEqual({ metadata: null });
});

it.each([
  ['', 'parameter_missing', 'amount'],
  ['amount=1&nothing=1', 'parameter_unknown', 'nothing'],
  ['amount=x', 'parameter_invalid_integer', 'amount'],
  ['amount=0', 'parameter_invalid_integer', 'amount'],
  ['amount=101', 'parameter_invalid_integer', 'amount'],
  ['amount=', 'parameter_invalid_empty', 'amount'],
  ['amount=1&name=abcdef', 'parameter_invalid_string_length', 'name'],
  ['amount=1&active=yes', undefined, 'active'],
  ['amount=1&at=soon', undefined, 'at'],
  ['amount=1&price=1,5', undefined, 'price'],
  ['amount=1&currency=zzz', undefined, 'currency'],
  ['amount=1&email=nobody', 'email_invalid', 'email'],
  ['amount=1&url=ftp://a', 'url_invalid', 'url'],
  ['amount=1&mode=d', undefined, 'mode'],
  ['amount=1&mode[x]=d', undefined, 'mode'],
  ['amount=1&metadata=x', undefined, 'metadata'],
  ['amount=1&metadata[a][b]=x', undefined, 'metadata[a]'],
  [`amount=1&metadata[${'k'.repeat(41)}]=x`, undefined, `metadata[${'k'.repeat(41)}]`],
  [`amount=1&metadata[k]=${'x'.repeat(501)}`, undefined, 'metadata[k]'],
  ['amount=1&items=x', undefined, 'items'],
  ['amount=1&items[0][quantity]=1', 'parameter_missing', 'items[0][price]'],
  ['amount=1&items[0][price]=a&items[0][x]=1', 'parameter_unknown', 'items[0][x]'],
  ['amount=1&items[0][price]=a&items[1][price]=a&items[2][price]=a', 'array_too_long', 'items'],
])('refuses %s', (form, code, param) => {
  expect(refusal(form)).toMatchObject({ type: 'invalid_request_error', param, ...(code !== undefined && { code }) });
});

it('says which parameters it does not implement', () => {
  expect(refusal('amount=1&tax[enabled]=true')).toMatchObject({ unsupported: true, param: 'tax' });
});

it('refuses what is nested too deeply or too long, and lets nothing reach a prototype', () => {
  expect(() => parseForm(`a${'[b]'.repeat(40)}=1`)).toThrow(ApiError);
  expect(() => parseForm(Array.from({ length: 10_001 }, (_, n) => `a${n}=1`).join('&'))).toThrow(ApiError);
  const parsed = parseForm('__proto__[polluted]=1&constructor[prototype][polluted]=1&a[__proto__][polluted]=1');
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
  expect((parsed as { polluted?: string }).polluted).toBeUndefined();
});

it('translates what older versions of the API call otherwise', () => {
  const old = { payment_method_types: ['card'], ui_mode: 'hosted', amount: '1' };
  expect(asToday(old, '2025-06-30.basil', '/v1/payment_intents')).toEqual({
    allowed_payment_method_types: ['card'],
    ui_mode: 'hosted_page',
    amount: '1',
  });
  expect(asToday(old, '2026-09-30.endive', '/v1/payment_intents')).toEqual(old);
  const automatic_payment_methods = { enabled: 'false' };
  expect(asToday({ amount: '1' }, '2022-11-15', '/v1/payment_intents')).toEqual({
    amount: '1',
    automatic_payment_methods,
  });
  expect(asToday({ amount: '1' }, '2022-11-15', '/v1/refunds')).toEqual({ amount: '1' });
});
