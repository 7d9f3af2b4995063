import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Answer, type Call, jsonAnswer, type Told } from '../../../src/mocks/provider.ts';
import { CallLog } from '../../../src/mocks/server/call-log.ts';
import type { Happened } from '../../../src/mocks/server/server.ts';
import { liveKeys } from '../../support/live-keys.ts';

function happened(n: number, told: Partial<Told> = {}, bytes = 10): Happened {
  const body = Buffer.alloc(bytes, 'x');
  const headers = { 'content-length': String(bytes) };
  const call: Call = { method: 'POST', path: `/v1/${n}`, query: new URLSearchParams(), headers, body };
  const answer: Answer = jsonAnswer(200, {}, { summary: `call ${n}`, ...told });
  const provider = { name: 'stripe', answer: () => answer } as const;
  return { provider, call, answer, atMs: n, tookMs: 1, sent: '{}', whole: true };
}

it('keeps the last calls, the oldest first, and counts all', () => {
  const log = new CallLog(3);
  for (let n = 1; n <= 5; n++) log.add(happened(n));
  expect(log.all().map(({ id, path }) => [id, path])).toEqual([
    [3, '/v1/3'],
    [4, '/v1/4'],
    [5, '/v1/5'],
  ]);
  expect(log.totals.calls).toBe(5);
  expect(log.whole(2)).toBeNull();
  expect(log.whole(5)).toMatchObject({ summary: 'call 5', request: 'xxxxxxxxxx', answer: '{}' });
});

it('sums what was not spent, by currency', () => {
  const log = new CallLog();
  log.add(happened(1, { tokens: { input: 3, output: 4 }, unsupported: true }));
  log.add(happened(2, { tokens: { input: 1, output: 0 }, money: { amount: 500, currency: 'usd' } }));
  log.add(happened(3, { money: { amount: 20, currency: 'usd' } }));
  expect(log.totals).toEqual({
    ...{ calls: 3, unsupported: 1 },
    ...{ tokens: { input: 4, output: 4 }, money: { usd: 520 } },
  });
});

it('keeps of a large body only what is shown, and then has nothing to send again', () => {
  const log = new CallLog();
  log.add(happened(1, {}, 1024 * 1024));
  log.add(happened(2));
  expect(log.whole(1)?.request).toHaveLength(16 * 1024);
  expect(log.call(1)).toBeNull();
  expect(log.call(2)?.call.path).toBe('/v1/2');
});

it('keeps a bounded part of all bodies together, the newest whole', () => {
  const log = new CallLog();
  for (let n = 1; n <= 400; n++) log.add(happened(n, {}, 200 * 1024));
  expect(log.call(1)).toBeNull();
  expect(log.whole(1)?.request).toHaveLength(16 * 1024);
  expect(log.call(400)?.call.body).toHaveLength(200 * 1024);
  const whole = Array.from({ length: 400 }, (_, n) => log.call(n + 1)).filter((call) => call !== null);
  expect(whole.length).toBeGreaterThan(100);
  expect(whole.length * 200 * 1024).toBeLessThanOrEqual(32 * 1024 * 1024);
});

it('keeps no large body in memory for the part that is shown of it', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const log = new CallLog();
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  for (let n = 1; n <= 40; n++) log.add(happened(n, {}, 4 * 1024 * 1024));
  collectGarbage();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  expect(log.all()).toHaveLength(40);
});

it('tells readers what comes, until they end', () => {
  const log = new CallLog();
  const seen: number[] = [];
  const end = log.follow(({ id }) => seen.push(id));
  log.add(happened(1));
  end();
  log.add(happened(2));
  expect(seen).toEqual([1]);
});

describe.each(liveKeys())('a key of $provider, $shape', ({ value, starts }) => {
  it('is told to nobody, wherever a call had it, and sent again all the same', () => {
    const log = new CallLog();
    const followed: unknown[] = [];
    log.follow((call) => followed.push(call));
    const query = new URLSearchParams({ k: value });
    const body = Buffer.from(JSON.stringify({ model: value, long: 'x'.repeat(20_000) }));
    const call: Call = { method: 'GET', path: `/v1/customers/${value}`, query, headers: {}, body };
    const told = { summary: `no such customer: ${value}` };
    const answer = jsonAnswer(404, { error: `No such customer: '${value}'` }, told);
    const provider = { name: 'stripe', answer: () => answer } as const;
    const sent = JSON.stringify({ error: `No such customer: '${value}'` });
    log.add({ provider, call, answer, atMs: 1, tookMs: 1, sent, whole: true });
    const shown = JSON.stringify([followed, log.all(), log.whole(1)]);
    expect(shown).not.toContain(value.slice(starts.length));
    expect(shown).toContain(`${starts}…`);
    expect(log.call(1)?.call.body.equals(body)).toBe(true);
    expect(log.call(1)?.call.query.get('k')).toBe(value);
  });
});
