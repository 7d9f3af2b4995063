import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKeys, findLive, maskKeys } from '../../../../src/core/guard/find.ts';
import { lineKeys, liveKeys, mintedKeys, secretPart, webhookSecrets } from '../../../support/live-keys.ts';

const basic = (text: string) => Buffer.from(text).toString('base64');

const AROUND: Readonly<Record<string, (key: string) => string>> = {
  alone: (key) => key,
  'in a .env': (key) => `A=1\nKEY=${key}\nB=2`,
  'in quotes': (key) => `KEY="${key}"`,
  'in JSON': (key) => JSON.stringify({ a: { key } }),
  'in JSON in JSON': (key) => JSON.stringify(JSON.stringify({ key, more: `\n${key}` })),
  'in YAML': (key) => `env:\n  KEY: ${key}\n  other: x`,
  'as a bearer': (key) => `Authorization: Bearer ${key}\r\n`,
  'in the user part of a URL': (key) => `https://${key}:@api.example.com/v1`,
  'in a query': (key) => `https://api.example.com/?a=b&key=${key}&c=d`,
  'behind an escape': (key) => `"first\\n${key}\\nlast"`,
  'behind a percent sign': (key) => `a%3D${key}%26b`,
  'behind a colour': (key) => `\u001b[32m${key}\u001b[0m`,
};

describe('a key of a live shape', () => {
  it.each(liveKeys())('is found wherever it stands: $shape', ({ value, provider, starts }) => {
    for (const [where, around] of Object.entries(AROUND)) {
      const text = around(value);
      expect(
        findLive(text).map((key) => [key.provider, key.starts]),
        where,
      ).toContainEqual([provider, starts]);
    }
  });

  it.each(liveKeys().filter(({ value }) => !value.includes('\n')))('is found in basic auth: $shape', (key) => {
    for (const text of [`Basic ${basic(`${key.value}:`)}`, `'authorization': 'basic ${basic(`user:${key.value}`)}'`]) {
      expect(findLive(text)).toMatchObject([{ provider: key.provider, starts: key.starts }]);
      expect(maskKeys(text)).not.toContain(basic(key.value).slice(0, 12));
    }
  });

  it.each(liveKeys())('is found in base64 that is nothing else: $shape', ({ value, provider, starts }) => {
    const end = value.startsWith('-') ? '-----END PRIVATE KEY-----\n' : '';
    for (const whole of [value, `${value}${end}`, `${value}${end}\n`]) {
      const text = `kind: Secret\ndata:\n  key: ${basic(whole)}\n  other: ${basic('nothing')}\n`;
      expect(findLive(text)).toMatchObject([{ provider, starts, index: text.indexOf(basic(whole)) }]);
      expect(maskKeys(text)).not.toContain(basic(whole).slice(8, 24));
    }
  });

  it.each(lineKeys())('is found behind its length as one byte: $shape', ({ value, provider, starts }) => {
    const length = String.fromCharCode(value.length);
    // What comes next may be a letter, but of a key that has one length only: a longer one is something else.
    const [b, r] = ['AWS', 'Google'].includes(provider) ? ['\x01', '\x02'] : ['B', 'r'];
    // A message of protobuf with one field or several, and a text in bytes that Python has compiled.
    for (const text of [
      `\n${length}${value}`,
      `\x12\x03abc2${length}${value}${b}\x01a`,
      `\0\0z${length}${value}${r}\x01\0`,
    ]) {
      expect(findLive(text).map((key) => [key.provider, key.starts])).toEqual([[provider, starts]]);
    }
  });

  it('is told with its place and nothing but its first characters', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...liveKeys()),
        fc.stringMatching(/^[ -~\n]{0,80}[ ="'\n]$/),
        fc.stringMatching(/^(?:[ "'\n][ -~\n]{0,80})?$/),
        (key, before, after) => {
          const text = `${before}${key.value}${after}`;
          const found = findLive(text).find(({ index }) => index === before.length);
          expect(found).toMatchObject({ provider: key.provider, starts: key.starts });
          expect(maskKeys(text)).not.toContain(secretPart(key));
          expect(JSON.stringify(found)).not.toContain(secretPart(key));
        },
      ),
    );
  });

  it('is one of many', () => {
    const keys = liveKeys();
    const text = keys.map(({ value }) => value).join(' , ');
    expect(findLive(text).map(({ starts }) => starts)).toEqual(keys.map(({ starts }) => starts));
  });

  it('is found for every random key, however it falls', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
    const even = fc.array(fc.integer({ min: 0, max: 61 }), { minLength: 24, maxLength: 99 });
    fc.assert(
      fc.property(even, (numbers) => {
        const body = numbers.map((number) => alphabet[number]).join('');
        fc.pre(new Set(body).size >= 12);
        expect(findLive(`K=${['sk', 'live', body].join('_')}`)).toHaveLength(1);
      }),
    );
  });
});

describe('no false alarm', () => {
  it.each(mintedKeys())('on what devenv mints: %s', (key) => {
    for (const around of Object.values(AROUND)) expect(findKeys(around(key))).toEqual([]);
  });

  it.each([
    ...['sk-...', 'sk_live_...', 'sk_live_xxx', 'sk_live_xxxxxxxxxxxxxxxxxxxxxxxx', '<your key>', 'sk-your-key-here'],
    ...['sk_live_YOUR_SECRET_KEY', 'sk-proj-your-openai-api-key-goes-here', 'sk_live_yourSecretKeyGoesHere1'],
    ...['sk-ant-api03-...', 'sk-ant-api03-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'sk-proj-xxxxxxxxxxxxxxxxxxxxxxxx'],
    ...['AKIAIOSFODNN7EXAMPLE', 'AKIAXXXXXXXXXXXXXXXX', 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    ...['hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'whsec_...', 'whsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    ...[
      'xoxb-your-token',
      'xoxb-not-a-real-token-but-words',
      'SG.xxxxxxxxxxxxxxxxxxxxxx.yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
    ],
    ...['sk-container-id-1', 'sk-folding-cube', 'sk-fading-circle-animation-with-a-very-long-name-of-a-class'],
    ...[
      'task_live_migrationOfEverything2',
      'risk-management-of-things-that-are-long',
      'disk-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789',
    ],
    ...['-----BEGIN PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'],
    ...['-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEabcdEFGHijklMNOPqrstUVWX\n'],
    ...[basic('sk-...'), basic('sk_live_xxxxxxxxxxxxxxxxxxxxxxxx'), basic('a text of sk_live_ that is about it')],
    ...['\0\x12disk-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789\0', '\0task_live_AbCdEfGhIjKlMnOpQrStUvWxYz0123\0'],
    ...['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ...['123e4567-e89b-12d3-a456-426614174000', 'sha512-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v'],
  ])('on %j', (text) => {
    for (const around of Object.values(AROUND)) expect(findLive(around(text))).toEqual([]);
  });

  it('on a test key, which is known for what it is', () => {
    const key = ['sk', 'test', '4eC39HqLyjWDarjtT1zdp7dc'].join('_');
    expect(findLive(key)).toEqual([]);
    expect(findKeys(key)).toMatchObject([{ provider: 'Stripe', mode: 'test', starts: 'sk_test_' }]);
    expect(maskKeys(key)).toBe(key);
  });

  it.each(webhookSecrets())('on a webhook secret, whose mode nobody can tell', (secret) => {
    expect(findLive(secret)).toEqual([]);
    expect(findKeys(secret)).toMatchObject([{ provider: 'Stripe', mode: 'unknown', starts: 'whsec_' }]);
    expect(maskKeys(secret)).toBe('whsec_…');
  });
});

it('reads 10 MB in well under a second, whatever is in them', { timeout: 60_000 }, () => {
  const size = 10_000_000;
  const fill = (text: string) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
  const texts = {
    code: fill('export const risk = task(disk, "sk", { hf: 1 }); // AKIB gh_ xox SG whsec AIz\n'),
    'one letter': fill('a'),
    'beginnings of keys': fill('sk_live_aaaaaaaaaaaaaaaaaaaaa '),
    'beginnings of private keys': fill('-----BEGIN '),
    'a private key without an end': `-----BEGIN PRIVATE KEY-----\n${fill('\n')}`,
    base64: fill(`${basic('some bytes that are no key'.repeat(40))}\n`),
    'base64 on one line': fill(basic('some bytes that are no key'.repeat(40)).replaceAll('=', '')),
    'basic auth': fill(`Basic ${basic('user:a password')} `),
  };
  for (const [what, text] of Object.entries(texts)) {
    const began = performance.now();
    expect(findLive(text), what).toEqual([]);
    // Ten times what a quiet machine takes; what goes back and forth in a text would take minutes.
    expect(performance.now() - began, what).toBeLessThan(10_000);
  }
});
