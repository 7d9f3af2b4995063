import { expect, it } from 'vitest';
import { type Answer, type Call, jsonAnswer, type Told } from '../../../src/mocks/provider.ts';
import { CallLog } from '../../../src/mocks/server/call-log.ts';
import type { Happened } from '../../../src/mocks/server/server.ts';

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

it('tells readers what comes, until they end', () => {
  const log = new CallLog();
  const seen: number[] = [];
  const end = log.follow(({ id }) => seen.push(id));
  log.add(happened(1));
  end();
  log.add(happened(2));
  expect(seen).toEqual([1]);
});
