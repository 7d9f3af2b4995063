import { describe, expect, it } from 'vitest';
import { judgeKey } from '../../../../src/mocks/relay/judge-key.ts';
import { originOf, upstreamsOfTests } from '../../../../src/mocks/relay/origin.ts';
import { bytesOf, keptBody } from '../../../../src/mocks/relay/recording/body.ts';
import { printRecording } from '../../../../src/mocks/relay/recording/print.ts';
import type { Recording } from '../../../../src/mocks/relay/recording/recording.ts';
import { parseEvents, printEvent } from '../../../../src/mocks/relay/recording/server-events.ts';
import { Redactor } from '../../../../src/mocks/relay/redact/redactor.ts';

const redactor = new Redactor(['the-real-key']);

it('a stream is kept event by event, and comes out as it was', () => {
  const stream = 'event: start\ndata: {"a":1}\n\n: ping\n\nid: 7\ndata: two\ndata: lines\n\ndata: [DONE]\n\n';
  const events = parseEvents(stream.replaceAll('\n', '\r\n'));
  expect(events).toEqual([
    { event: 'start', data: { a: 1 } },
    { lines: [': ping'] },
    { text: 'two\nlines', lines: ['id: 7'] },
    { text: '[DONE]' },
  ]);
  expect(events.map(printEvent).join('')).toBe(stream);
});

describe('a body is kept', () => {
  it.each([
    ['{"a":[1]}', 'application/json', { json: { a: [1] } }],
    [
      'b=2&a=1&a=3&x%5Bsecret%5D=y',
      'application/x-www-form-urlencoded',
      { form: { a: ['1', '3'], b: '2', 'x[secret]': '[redacted]' } },
    ],
    ['hello the-real-key', 'text/plain', { text: 'hello [redacted]' }],
    ['', 'application/json', null],
  ])('%s', (text, type, kept) => {
    expect(keptBody(Buffer.from(text), type, redactor)).toEqual(kept);
  });

  it('as base64 where it is no text, without what is known to be secret', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0]), Buffer.from('the-real-key'), Buffer.from([0x80])]);
    const kept = keptBody(bytes, 'audio/mpeg', redactor);
    const back = Buffer.from(bytesOf(kept));
    expect(back.toString('latin1')).toBe('\xff\xfe\0[redacted]\x80');
  });

  it('and goes out as it came', () => {
    for (const [text, type] of [
      ['{"a":[1]}', 'application/json'],
      ['a=1&a=3&b=2', 'application/x-www-form-urlencoded'],
      ['x', 'text/plain'],
    ] as const) {
      expect(bytesOf(keptBody(Buffer.from(text), type, redactor))).toBe(text);
    }
  });
});

it('a recording is printed for a diff, and is JSON', () => {
  const recording: Recording = {
    request: { method: 'POST', path: '/v1/x', body: { json: { model: 'a', list: [], n: null } } },
    answers: [{ status: 200, headers: {}, body: { events: [{ data: { a: [1, 2] } }, { text: '[DONE]' }] } }],
  };
  const text = printRecording(recording);
  expect(JSON.parse(text)).toEqual(recording);
  expect(text).toContain(
    '\n        "events": [\n          {"data":{"a":[1,2]}},\n          {"text":"[DONE]"}\n        ]\n',
  );
  expect(text).toContain('"n": null');
});

describe('a key', () => {
  it.each([
    ['openai', 'sk-proj-abcdefgh', null],
    ['stripe', `sk_${'test'}_abcd1234`, null],
    ['stripe', `rk_${'test'}_abcd1234`, null],
    ['stripe', `sk_${'live'}_abcd1234`, 'this one is live'],
    ['stripe', `pk_${'test'}_abcd1234`, 'is no test key'],
    ['stripe', 'whatever1', 'is no test key'],
    ['anthropic', '', 'is empty'],
    ['anthropic', 'two words', 'a single word'],
    ['openai', 'sk-devenv-mock-abcdefgh', 'minted'],
  ] as const)('of %s: %s', (name, key, problem) => {
    const judged = judgeKey(name, key);
    if (problem === null) return expect(judged).toBeNull();
    expect(judged).toContain(problem);
    if (key !== '') expect(judged).not.toContain(key);
  });

  it('goes to its provider; elsewhere only one of the tests, and only on this machine', () => {
    expect(originOf('openai', 'sk-proj-real', undefined).href).toBe('https://api.openai.com/');
    expect(originOf('openai', 'sk-devenv-upstream-1', 'http://127.0.0.1:4000').port).toBe('4000');
    expect(() => originOf('openai', 'sk-proj-real', 'http://127.0.0.1:4000')).toThrow('only with a key of the tests');
    expect(() => originOf('openai', 'sk-devenv-upstream-1', 'https://example.org')).toThrow('only on this machine');
    expect(upstreamsOfTests({ DVE_MOCKS_UPSTREAMS: 'openai=http://127.0.0.1:1 stripe=http://localhost:2' })).toEqual({
      openai: 'http://127.0.0.1:1',
      stripe: 'http://localhost:2',
    });
  });
});
