import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../src/mocks/provider.ts';
import { differences, differenceWords } from '../../../../src/mocks/relay/match/differences.ts';
import { fileNameOf, identityOf } from '../../../../src/mocks/relay/match/identity.ts';
import { nearest } from '../../../../src/mocks/relay/match/nearest.ts';
import { requestOf } from '../../../../src/mocks/relay/match/request-of.ts';
import { Redactor } from '../../../../src/mocks/relay/redact/redactor.ts';

const redactor = new Redactor(['sk-the-real-one']);

function call(body: unknown, changed: Partial<Call> & { readonly type?: string } = {}): Call {
  const { type = 'application/json', ...rest } = changed;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': type };
  return { method: 'POST', path: '/v1/x', query: new URLSearchParams(), headers, body: Buffer.from(text), ...rest };
}

function request(body: unknown, changed: Parameters<typeof call>[1] = {}) {
  return requestOf(call(body, changed), redactor);
}

function isSame(a: ReturnType<typeof request>, b: ReturnType<typeof request>): boolean {
  return identityOf(a) === identityOf(b) && fileNameOf(a) === fileNameOf(b);
}

const form = { type: 'application/x-www-form-urlencoded' };

describe('a call is the same one', () => {
  it.each([
    ['in another order of keys', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['at another time', { text: 'it is 2026-01-15T12:00:00.123Z' }, { text: 'it is 2026-02-01 08:30' }],
    [
      'with other ids',
      { user: '0b0f2a9e-8f1c-4a57-9d0a-1f2e3d4c5b6a' },
      { user: 'FFFF2a9e-8f1c-4a57-9d0a-1f2e3d4c5b6a' },
    ],
    ['at another port of this machine', { url: 'http://localhost:3000/a' }, { url: 'http://localhost:41234/a' }],
    ['with another secret', { password: 'hunter2' }, { password: 'correct horse' }],
    ['with another key', { say: 'sk-proj-abcdefghij1234567890' }, { say: 'sk-the-real-one' }],
  ])('%s', (_, a, b) => {
    expect(isSame(request(a), request(b))).toBe(true);
  });

  it('with the fields of a form, or the parameters of a query, in another order', () => {
    expect(isSame(request('a=1&b[c]=2', form), request('b%5Bc%5D=2&a=1', form))).toBe(true);
    const query = (text: string) => request('', { method: 'GET', query: new URLSearchParams(text) });
    expect(isSame(query('limit=3&after=x'), query('after=x&limit=3'))).toBe(true);
  });

  it('with another boundary between the parts of a form', () => {
    const part = (boundary: string) =>
      request(`--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--${boundary}--\r\n`, {
        type: `multipart/form-data; boundary=${boundary}`,
      });
    expect(isSame(part('----x1'), part('----other'))).toBe(true);
  });
});

describe('a call is another one', () => {
  it.each([
    ['by what it says', { text: 'a' }, { text: 'b' }],
    ['by the order of a list', { list: [1, 2] }, { list: [2, 1] }],
    ['by which of two ids it is about', ids('1', '2', '1'), ids('1', '2', '2')],
    ['by a port of another machine', { url: 'http://example.org:3000' }, { url: 'http://example.org:4000' }],
  ])('%s', (_, a, b) => {
    expect(isSame(request(a), request(b))).toBe(false);
  });

  it('by its method, path or query', () => {
    const one = request('');
    for (const other of [{ method: 'GET' }, { path: '/v1/y' }, { query: new URLSearchParams('a=1') }]) {
      expect(isSame(one, request('', other))).toBe(false);
    }
  });

  function ids(...numbers: readonly string[]) {
    return numbers.map((number) => `0000000${number}-8f1c-4a57-9d0a-1f2e3d4c5b6a`);
  }
});

it('has a file of a name that tells it, and leads nowhere else', () => {
  expect(fileNameOf(request({}, { path: '/v1/chat/completions' }))).toMatch(
    /^post-v1-chat-completions-[0-9a-f]{10}\.json$/,
  );
  expect(fileNameOf(request({}, { path: '/../../etc/pass%2Fwd' }))).toMatch(/^post-etc-pass-2fwd-[0-9a-f]{10}\.json$/);
});

describe('of a call that was never recorded', () => {
  const recorded = [
    { request: request({ model: 'a', messages: [{ content: 'Hello' }], n: 1 }) },
    { request: request({ model: 'b', messages: [{ content: 'Hello' }] }) },
    { request: request({}, { path: '/v1/y' }) },
  ];

  it('the one that differs least is told, with what differs', () => {
    const near = nearest(request({ model: 'b', messages: [{ content: 'Hi' }] }), recorded);
    expect(near?.recorded).toBe(recorded[1]);
    expect(differenceWords(near?.differences ?? [])).toBe('messages[0].content is "Hi", and was "Hello"');
  });

  it('one at another place is none', () => {
    expect(nearest(request({}, { path: '/v1/z' }), recorded)).toBeNull();
  });

  it('no more than the first differences are told, and of a long text what is about the first', () => {
    const text = `${'same '.repeat(30)}old end`;
    const all = differences(
      request({ a: 1, b: 2, gone: true, text }),
      request({ a: 2, b: 3, text: text.replace('old', 'new'), x: {} }),
    );
    expect(differenceWords(all)).toBe('a is 2, and was 1; b is 3, and was 2; gone is missing, and was true; 2 more');
    expect(differenceWords(all.slice(3))).toBe(
      'text is …same same same same new end", and was …same same same same old end"; x is {}, and was not there',
    );
  });
});
