import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactAcross } from '../../../../src/mocks/relay/redact/across-events.ts';
import { Redactor } from '../../../../src/mocks/relay/redact/redactor.ts';
import { WithoutKey, withoutMaskedKeys } from '../../../../src/mocks/relay/without-key.ts';

const KEY = 'the+real/key=of-no-known-shape';
const redactor = new Redactor([KEY]);

/** Put together here, so that no scanner takes them for real ones. */
const SECRETS: readonly (readonly [string, string])[] = [
  ['the real key', KEY],
  ['a live key of Stripe', `sk_${'live'}_51Habcdefghij0123456789`],
  ['a test key of Stripe', `rk_${'test'}_51Habcdefghij0123456789`],
  ['a key of an organization', `sk_org_${'live'}_abcdefghij0123456789`],
  ['a webhook secret', `wh${'sec'}_abcdefghijklmnop0123456789`],
  ['a key of OpenAI', `sk-${'proj'}-abcdefghijT3BlbkFJ0123456789`],
  ['a key of Anthropic', `sk-ant-${'api03'}-abcdefghij_0123456789-AA`],
  ['a masked key', 'sk-proj-********wxyz'],
  ['a masked key of which more is shown', 'sk-proj-a1b2c3d4e5f6****wxyz'],
  ['a key of GitHub', `ghp_${'aZ4kQ9xW2mT7'.repeat(3)}`],
  ['a key of AWS', `AKIA${'QZ3MXK7WTB2LPN5R'}`],
  ['a key of Slack', `xoxb-${'2849105736-'.repeat(2)}Kq8ZtWmR4x`],
  ['a token of JWT', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'abc'.repeat(9)}`],
  ['an organization', 'org-abcdefghij0123'],
  ['an account', 'acct_1Habcdefghij'],
  ['a request', 'req_0123456789abcdef'],
];

describe('nothing is kept of', () => {
  it.each(SECRETS)('%s, wherever it stands', (_, secret) => {
    for (const text of [
      secret,
      `Bearer ${secret}`,
      `{"a":"${secret}"}`,
      `a\\n${secret}`,
      `key=${secret}&x`,
      `(${secret})`,
    ]) {
      expect(redactor.text(text)).not.toContain(secret);
      expect(redactor.text(text)).toContain('[redacted]');
    }
    expect(JSON.stringify(redactor.value({ a: [{ b: secret }], [secret]: 1 }))).not.toContain(secret);
  });

  it.each([
    ['{"password":"hunter2"}', '{"password":"[redacted]"}'],
    [
      String.raw`{"arguments":"{\"api_key\": \"abc\", \"q\": \"d\"}"}`,
      String.raw`{"arguments":"{\"api_key\": \"[redacted]\", \"q\": \"d\"}"}`,
    ],
    ['postgres://me:hunter2@host/db', 'postgres://me:[redacted]@host/db'],
    ['pi_3Nabc_secret_Xyz12345678', 'pi_3Nabc_secret_[redacted]'],
    ['authorization: Basic c2VjcmV0OnNlY3JldA==', 'authorization: Basic [redacted]'],
  ])('%s', (text, kept) => {
    expect(redactor.text(text)).toBe(kept);
  });

  it('what its name says is a secret', () => {
    const kept = redactor.value({
      apiKey: 'a',
      client_secret: 'b',
      'x-access-token': 'c',
      request_id: 'd',
      organization: 'e',
    });
    expect(new Set(Object.values(kept as object))).toEqual(new Set(['[redacted]']));
  });
});

it.each([
  'the risk-adjusted return of a disk-based system',
  'pi_3NabcdefGHIJKL',
  'cus_9s6XKzkNRiz8i3',
  'chatcmpl-8fXoJbD2mQ',
  '{"token":"Hello","logprob":-0.1}',
  'https://example.org:8080/a@b',
  'password reset: a new secret garden',
])('what is no secret stays: %s', (text) => {
  expect(redactor.text(text)).toBe(text);
});

it('what was redacted once stays as it is', () => {
  for (const [, secret] of SECRETS) {
    const once = redactor.text(`a ${secret} {"password":"x"} http://u:p@h`);
    expect(redactor.text(once)).toBe(once);
  }
});

const secret = fc.constantFrom(...SECRETS.map(([, value]) => value));
/** Not of letters, which would make a word of the secret and what stands before it. */
const around = fc.string({ unit: fc.constantFrom(' ', '.', '"', '\n', 'ä', '{', '€'), maxLength: 8 });

it('nothing of a secret is in any JSON value, however deep', () => {
  const leaf = fc.tuple(around, secret, around).map((parts) => parts.join(''));
  const value = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 4 }, leaf, fc.integer(), fc.array(tie('node')), fc.dictionary(fc.string(), tie('node'))),
  })).node;
  fc.assert(
    fc.property(value, (given) => {
      const kept = JSON.stringify(redactor.value(given)) ?? '';
      for (const [, value] of SECRETS) expect(kept).not.toContain(value);
    }),
  );
});

describe('of a secret that comes in pieces', () => {
  it('nothing is kept, wherever it is cut', () => {
    fc.assert(
      fc.property(secret, around, around, fc.array(fc.nat(60), { maxLength: 6 }), (value, before, after, cuts) => {
        const text = before + value + after;
        const pieces = cutAt(text, cuts);
        const events = pieces.map((content, index) => ({
          id: `x${index}`,
          choices: [{ index: 0, delta: { content } }],
        }));
        const kept = redactAcross(events, redactor) as typeof events;
        const joined = kept.map(({ choices }) => choices[0]?.delta.content).join('');
        expect(joined).toBe(redactor.text(text));
        expect(joined).not.toContain(value);
      }),
    );
  });

  it('two choices of one answer that come in turns are told apart', () => {
    const event = (index: number, content: string) => ({ choices: [{ index, delta: { content } }] });
    const kept = redactAcross(
      [event(0, 'my sk-proj-abc'), event(1, 'hello '), event(0, 'def0123456789'), event(1, 'you')],
      redactor,
    );
    expect(kept).toEqual([event(0, 'my [redacted]'), event(1, 'hello '), event(0, ''), event(1, 'you')]);
  });

  it('the caller gets the minted one, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(around, around, fc.array(fc.nat(80), { maxLength: 8 }), (before, after, cuts) => {
        const bytes = Buffer.from(`${before}${KEY}${after}${KEY.slice(0, 9)}`);
        const filter = new WithoutKey(KEY, 'minted');
        const out = cutAt(bytes.toString('latin1'), cuts).map((piece) => filter.push(Buffer.from(piece, 'latin1')));
        const text = Buffer.concat([...out, filter.end()]).toString('utf8');
        expect(text).toBe(`${before}minted${after}${KEY.slice(0, 9)}`);
      }),
    );
  });
});

it('a key that a provider shows half of is not handed back', () => {
  const told = Buffer.from('{"message":"Incorrect API key provided: sk-proj-****wxyz."}');
  expect(withoutMaskedKeys(told).toString()).toBe('{"message":"Incorrect API key provided: [redacted]."}');
});

function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

it('a known key is found in base64 of whatever holds it', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${before}${KEY}${after}`).toString(encoding);
        const kept = redactor.text(`{"echo":"${encoded}"}`).replaceAll('[redacted]', '');
        // At its ends a character may be left, which holds bits of what stands beside it.
        const decoded = [0, 1, 2, 3].map((skip) => Buffer.from(kept.slice(skip), 'base64').toString('latin1'));
        for (const text of decoded) expect(text).not.toContain(KEY.slice(3, -3));
        expect(kept.length).toBeLessThan(encoded.length + 11 - (KEY.length * 8) / 6 + 4);
      }
    }),
  );
});

it('a short secret is not looked for in base64', () => {
  expect(new Redactor(['abc']).text(Buffer.from('xabcx').toString('base64'))).toBe(
    Buffer.from('xabcx').toString('base64'),
  );
});
