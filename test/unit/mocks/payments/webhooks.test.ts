import type { Stripe } from 'stripe';
import { expect, it } from 'vitest';
import type { Attempt, Delivery } from '../../../../src/mocks/payments/webhooks/delivery.ts';
import { isLoopback } from '../../../../src/mocks/payments/webhooks/endpoints.ts';
import { Outbox } from '../../../../src/mocks/payments/webhooks/outbox.ts';
import { afterAttempt } from '../../../../src/mocks/payments/webhooks/retry.ts';
import { signature } from '../../../../src/mocks/payments/webhooks/signature.ts';

function delivery(event: string, endpoint = 'devenv'): Delivery {
  return {
    event: { id: event } as Stripe.EventBase,
    endpoint: { id: endpoint, url: 'http://localhost/', secret: 'whsec_devenv_mock' },
    state: 'pending',
    attempts: [],
    round: 0,
    notBefore: 0,
  };
}

function attempt(at: number, status: number | null): Attempt {
  return { at, status, reply: '', tookMs: 10 };
}

const free = (): boolean => false;

function due(outbox: Outbox, now: number): string[] {
  return outbox.next(now, free).now.map(({ event }) => event.id);
}

it('sends one at a time to each endpoint, in order', () => {
  const outbox = new Outbox();
  for (const event of ['a', 'b']) for (const endpoint of ['one', 'two']) outbox.add(delivery(event, endpoint));
  expect(due(outbox, 0)).toEqual(['a', 'a']);
  expect(outbox.next(0, (endpoint) => endpoint === 'one').now.map(({ endpoint }) => endpoint.id)).toEqual(['two']);
  outbox.attempted('a', 'one', 0, attempt(0, 200));
  expect(due(outbox, 20)).toEqual(['b', 'a']);
});

it('waits longer each time, and lets the others pass an event that the app never takes', () => {
  const outbox = new Outbox();
  for (const event of ['bad', 'good']) outbox.add(delivery(event));
  const waits: (number | null)[] = [];
  let now = 0;
  for (let n = 0; n < 4; n++) {
    expect(due(outbox, now)).toEqual(['bad']);
    outbox.attempted('bad', 'devenv', 0, attempt(now, 500));
    const next = outbox.next(now, free);
    if (next.now.length === 0) {
      waits.push((next.again as number) - now);
      now = next.again as number;
    }
  }
  expect(waits).toEqual([510, 1010, 2010]);
  expect(due(outbox, now)).toEqual(['good']);
  outbox.attempted('good', 'devenv', 0, attempt(now, 204));
  expect(outbox.next(now, free)).toEqual({ now: [], again: now + 10 + 4000 });
});

it('gives up after twelve errors, and never on an app that is not there', () => {
  let refused = delivery('a');
  for (let n = 0; n < 12; n++) refused = afterAttempt(refused, attempt(n, 500));
  expect(refused.state).toBe('failed');
  let absent = delivery('a');
  for (let n = 0; n < 100; n++) absent = afterAttempt(absent, attempt(0, null));
  expect([absent.state, absent.notBefore, absent.attempts.length]).toEqual(['pending', 5010, 12]);
});

it('does not count an attempt that began before it was asked for again', () => {
  const outbox = new Outbox();
  outbox.add(delivery('a'));
  outbox.add({ ...delivery('a'), round: 1 });
  expect(outbox.attempted('a', 'devenv', 0, attempt(0, 200))).toBeNull();
  expect(due(outbox, 0)).toEqual(['a']);
  expect(outbox.attempted('a', 'devenv', 1, attempt(0, 200))?.state).toBe('delivered');
});

it('keeps a bounded number of deliveries', () => {
  const outbox = new Outbox();
  for (let n = 0; n < 25_000; n++) outbox.add(delivery(String(n)));
  const kept = [...outbox.all()];
  expect(kept.length).toBeLessThanOrEqual(10_000);
  expect(kept.at(-1)?.event.id).toBe('24999');
  expect(due(outbox, 0)).toEqual([kept[0]?.event.id]);
});

it('signs as Stripe does', () => {
  // echo -n '1700000000.{}' | openssl dgst -sha256 -hmac whsec_devenv_mock
  expect(signature('{}', 'whsec_devenv_mock', 1_700_000_000)).toBe(
    't=1700000000,v1=ca25892416494d7522597b5347b4e0ce56752ec5716326eb35166f76a78d8bdc',
  );
});

it.each([
  ['http://localhost:3000/', true],
  ['http://shop.localhost/', true],
  ['http://127.0.0.1:1/', true],
  ['http://127.9.9.9/', true],
  ['http://[::1]:80/', true],
  ['https://127.0.0.1.example.com/', false],
  ['https://localhost.example.com/', false],
  ['https://hooks.example.com/', false],
  ['http://10.0.0.1/', false],
  ['http://2130706433/', true],
])('knows whether %s is on this machine: %s', (url, is) => {
  expect(isLoopback({ url })).toBe(is);
});
