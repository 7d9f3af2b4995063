import { describe, expect, it } from 'vitest';
import { scanner, scanText } from '../../../../src/core/guard/scan.ts';
import { lineKeys, liveKeys, mintedKeys, secretPart } from '../../../support/live-keys.ts';

const KEY = lineKeys()[0]?.value ?? '';
const OTHER = lineKeys().find(({ provider }) => provider === 'Anthropic')?.value ?? '';
const MARK = ['devenv-guard', 'allow'].join(': ');

describe('a key in a file', () => {
  it.each(liveKeys())('has its line, and no value in what is printed: $shape', (key) => {
    const { keys } = scanText(`# first\n\nA=1\nNAME="${key.value}"\n`);
    expect(keys).toMatchObject([{ line: 4, variable: 'NAME', provider: key.provider, starts: key.starts }]);
    expect(JSON.stringify(keys)).not.toContain(secretPart(key));
    expect(keys[0]?.value.reveal()).toContain(secretPart(key));
  });

  it.each([
    ['KEY=%', 'KEY'],
    ['export KEY=%', 'KEY'],
    ['  - KEY=%', 'KEY'],
    ['  KEY: "%"', 'KEY'],
    ['{"other":1,"key":"%"}', 'key'],
    ['const key = `%`', 'key'],
    ['stripe.apiKey = "%";', 'stripe.apiKey'],
    ["ENV['KEY'] = '%'", 'KEY'],
    ['ENV KEY %', 'KEY'],
    ['URL=https://user:%@host/', 'URL'],
    ['see https://user:%@host/', null],
    ['git clone https://%@host/', null],
    ['{"url":"https://user:%@host/"}', 'url'],
    ['Authorization: Bearer %', null],
    ['%', null],
  ])('is called what its line calls it: %s', (line, name) => {
    expect(scanText(`x\n${line.replace('%', KEY)}\n`).keys).toMatchObject([{ line: 2, variable: name }]);
  });

  it('is called by no other key', () => {
    expect(JSON.stringify(scanText(`${KEY}=${OTHER}`).keys)).not.toContain(KEY.slice(8, 24));
  });
});

describe('a line that somebody has accepted', () => {
  it.each([
    `K=% # ${MARK}`,
    `k: "%" // ${MARK} (a fixture)`,
    `k: "%"; /* a fixture, ${MARK} */`,
    `-- of the tests; ${MARK}: %`,
    `# ${MARK}\nK=%`,
    `/* ${MARK} */\nk = "%"`,
    `<!-- ${MARK} -->\n%`,
    `${' '.repeat(500)}# ${MARK}\t \n%`,
  ])('is counted, not told: %s', (text) => {
    expect(scanText(text.replace('%', KEY))).toEqual({ keys: [], accepted: 1 });
  });

  it.each([
    `# ${MARK}\n\nK=%`,
    `A=1 # ${MARK}\nK=%`,
    `K=%\n# ${MARK}`,
    `k = "% ${MARK}"`,
    `say("${MARK}", "%")`,
    `k = "%", ${MARK}`,
    'K=% # devenv-guard',
    'K=% # devenv-guard: allowed',
  ])('is that line alone: %s', (text) => {
    expect(scanText(text.replace('%', KEY))).toMatchObject({ keys: [{ provider: 'Stripe' }], accepted: 0 });
  });
});

describe('a large file', () => {
  it('has the same keys on the same lines however it comes', () => {
    const filler = `${'x'.repeat(99)}\n`;
    const text = `${filler.repeat(84_000)}K=${KEY}\n${filler.repeat(90_000)}# ${MARK}\nA=${OTHER}\nB=${OTHER}\n`;
    const whole = scanText(text);
    expect(whole.keys.map(({ line }) => line)).toEqual([84_001, 174_004]);
    for (const size of [1_000_003, 8_400_010]) {
      const pieces = scanner();
      for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
      expect(pieces.end()).toEqual(whole);
    }
  });

  it('may be one line', () => {
    const text = `${'x '.repeat(5_000_000)}${KEY} ${'y '.repeat(5_000_000)}`;
    const pieces = scanner();
    for (let at = 0; at < text.length; at += 65_536) pieces.push(text.slice(at, at + 65_536));
    expect(pieces.end().keys).toMatchObject([{ line: 1, provider: 'Stripe' }]);
  });
});

it('is quick also below lines of blanks', () => {
  const blank = ' '.repeat(60_000);
  const text = `${blank}\n%\n${blank}#${blank}\n%\n#${blank}\n%\n# ${MARK.replace(' ', '')}${blank}x\n%`;
  const began = performance.now();
  expect(scanText(text.replaceAll('%', KEY)).keys).toHaveLength(4);
  expect(performance.now() - began).toBeLessThan(1_000);
});

it('has nothing to say of minted keys', () => {
  expect(scanText(mintedKeys().join('\n'))).toEqual({ keys: [], accepted: 0 });
});
