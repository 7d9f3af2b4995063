import { describe, expect, it } from 'vitest';
import type { FaultKind, ProviderName } from '../../../src/core/mocks.ts';
import { faulty } from '../../../src/mocks/faults/faulty.ts';
import { WaitingFaults } from '../../../src/mocks/faults/waiting.ts';
import { type Answer, type Call, jsonAnswer, type Part } from '../../../src/mocks/provider.ts';

const CALL: Call = {
  method: 'POST',
  path: '/v1/x',
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.from('{}'),
};

describe('faults that wait', () => {
  it('meet as many calls of their provider as they say, in the order in which they were asked for', () => {
    const faults = new WaitingFaults();
    faults.add({ provider: 'stripe', kind: '429', times: 1 });
    faults.add({ provider: null, kind: 'cut', times: 2 });
    faults.add({ provider: 'openai', kind: 'slow', times: 1 });
    expect(faults.take('openai')).toBe('cut');
    expect(faults.all).toEqual([
      { provider: 'stripe', kind: '429', times: 1 },
      { provider: null, kind: 'cut', times: 1 },
      { provider: 'openai', kind: 'slow', times: 1 },
    ]);
    expect([faults.take('stripe'), faults.take('stripe'), faults.take('stripe')]).toEqual(['429', 'cut', null]);
    expect([faults.take('openai'), faults.take('openai')]).toEqual(['slow', null]);
    expect(faults.all).toEqual([]);
  });

  it('are one that happens more often where the same is asked for again, up to a limit, until they are taken back', () => {
    const faults = new WaitingFaults();
    for (let n = 0; n < 3; n++) faults.add({ provider: null, kind: '500', times: 40 });
    expect(faults.all).toEqual([{ provider: null, kind: '500', times: 100 }]);
    faults.clear();
    expect(faults.take('stripe')).toBeNull();
  });
});

describe('a call that meets a fault', () => {
  it.each([
    [
      'openai',
      '429',
      { error: { type: 'requests', code: 'rate_limit_exceeded' } },
      { 'x-request-id': 'req_1', 'retry-after': '1' },
    ],
    ['openai', '500', { error: { type: 'server_error' } }, { 'x-request-id': 'req_1' }],
    [
      'anthropic',
      '429',
      { type: 'error', error: { type: 'rate_limit_error' }, request_id: 'req_1' },
      { 'retry-after': '1' },
    ],
    ['anthropic', '500', { type: 'error', error: { type: 'api_error' } }, { 'request-id': 'req_1' }],
    ['stripe', '429', { error: { code: 'rate_limit' } }, { 'stripe-should-retry': 'false', 'retry-after': '1' }],
    ['stripe', '500', { error: { type: 'api_error' } }, { 'stripe-should-retry': 'true', 'request-id': 'req_1' }],
  ] as const)('is refused as %s does with %s, before anything is done', async (provider, kind, body, headers) => {
    let done = false;
    const answer = await met(provider, kind, () => {
      done = true;
      return jsonAnswer(200, {}, { summary: '' });
    });
    expect(done).toBe(false);
    expect(answer.status).toBe(Number(kind));
    expect(JSON.parse(await textOf(answer))).toMatchObject(body);
    expect(answer.headers).toMatchObject(headers);
    expect(answer.told.rule).toBe('fail next');
  });

  it('is done, and its answer ends in the middle', async () => {
    const answer = await met('stripe', 'cut', () =>
      jsonAnswer(200, { id: 'cus_1' }, { summary: 'create', events: ['evt_1'] }),
    );
    expect(answer).toMatchObject({ status: 200, cut: true, told: { events: ['evt_1'], rule: 'fail next' } });
    expect(await textOf(answer)).toBe('{"id":"');
  });

  it('is cut after the first piece of an answer that comes bit by bit', async () => {
    const stream = () => ({ ...jsonAnswer(200, {}, { summary: '' }), parts: piecemeal('one', 'two') });
    expect(await textOf(await met('openai', 'cut', stream))).toBe('one');
  });

  it('is answered late', async () => {
    const whole = await met('openai', 'slow', () => jsonAnswer(200, { a: 1 }, { summary: '' }));
    expect(whole.parts).toEqual([{ afterMs: 5_000, data: '{"a":1}' }]);
    const stream = await met('openai', 'slow', () => ({ ...whole, parts: piecemeal('one', 'two') }));
    expect((await partsOf(stream)).map(({ afterMs }) => afterMs)).toEqual([5_000, 0]);
    expect(stream.cut).toBeUndefined();
  });
});

function met(provider: ProviderName, kind: FaultKind, answer: () => Answer): Promise<Answer> {
  return faulty(kind, { provider, call: CALL, request: 'req_1', answer });
}

async function* piecemeal(...texts: readonly string[]): AsyncGenerator<Part> {
  for (const data of texts) yield { afterMs: 0, data };
}

async function partsOf({ parts }: Answer): Promise<readonly Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

async function textOf(answer: Answer): Promise<string> {
  return Buffer.concat((await partsOf(answer)).map(({ data }) => Buffer.from(data as Uint8Array))).toString();
}
