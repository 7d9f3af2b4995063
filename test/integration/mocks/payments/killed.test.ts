import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOf } from '../../../support/payments.ts';
import { until } from '../../../support/until.ts';
import { serveWebhookApp } from '../../../support/webhook-app.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-payments-'));
});
afterEach(async () => {
  await kill();
  await rm(folder, { recursive: true });
});

async function start(webhook: string): Promise<string> {
  const script = join(import.meta.dirname, '../../../support/payments-process.ts');
  child = fork(script, [join(folder, 'journal.ndjson'), webhook], { execArgv: ['--import', 'jiti/register'] });
  const [url] = (await once(child, 'message')) as [string];
  return url;
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('delivers after a restart what it was killed before, in order, and charges no retried call twice', async () => {
  await using app = await serveWebhookApp();
  app.silent = true;
  const stripe = clientOf(await start(app.url));
  const pay = {
    ...{ amount: 1000, currency: 'usd', payment_method: 'pm_card_visa' },
    confirm: true,
    return_url: 'https://shop.example/',
  } as const;
  const paid = await stripe.paymentIntents.create(pay, { idempotencyKey: 'order-1' });
  await stripe.customers.create({ name: 'Ada' });
  await until('the first event is on its way', () => app.heard.length > 0);
  await kill();
  expect(app.events).toEqual([]);
  app.silent = false;
  const again = clientOf(await start(app.url));
  const types = [
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'charge.updated',
    'customer.created',
  ];
  await until('all are there', () => app.events.length >= types.length);
  expect(app.events.map(({ type }) => type)).toEqual(types);
  expect(app.events[0]?.id).toBe(app.heard[0]?.id);
  expect((await again.paymentIntents.create(pay, { idempotencyKey: 'order-1' })).id).toBe(paid.id);
  expect((await again.charges.list()).data).toHaveLength(1);
});

it('delivers everything at least once, however often it is killed on the way', async () => {
  await using app = await serveWebhookApp();
  const answered: string[] = [];
  for (let round = 0; round < 4; round++) {
    const stripe = clientOf(await start(app.url), undefined, { maxNetworkRetries: 0 });
    const calls = Array.from({ length: 40 }, async (_, n) => {
      const { id } = await stripe.customers.create({ name: `${round} ${n}` });
      answered.push(id);
    });
    const settled = Promise.allSettled(calls);
    // In the midst of it: some calls are answered, some deliveries made.
    await until('some are answered', () => answered.length >= (round + 1) * 10 && app.events.length > round * 5);
    await kill();
    await settled;
  }
  const names = new Set(answered);
  await start(app.url);
  const told = (): Set<string> => new Set(app.events.map(({ data }) => (data.object as { id: string }).id));
  await until('every answered call was told', () => [...names].every((id) => told().has(id)));
  expect(names.size).toBeGreaterThanOrEqual(40);
});
