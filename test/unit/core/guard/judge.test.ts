import { describe, expect, it } from 'vitest';
import { type Given, type GuardRules, judge } from '../../../../src/core/guard/judge.ts';
import { withhold } from '../../../../src/core/guard/withhold.ts';
import { Secret } from '../../../../src/core/secret.ts';
import type { Variable, VariableLayer } from '../../../../src/core/stack.ts';
import { lineKeys, mintedKeys, type SampleKey, secretPart, webhookSecrets } from '../../../support/live-keys.ts';
import { makeProcess, makeStack } from '../../../support/stack.ts';

const RULES: GuardRules = { flag: [], configuration: [], preview: false, paymentsMocked: false };
const KINDS: Readonly<Record<string, 'payments' | 'ai'>> = {
  Stripe: 'payments',
  ...{ OpenAI: 'ai', Anthropic: 'ai', 'Hugging Face': 'ai', Groq: 'ai', xAI: 'ai', OpenRouter: 'ai' },
};
const kindOf = ({ provider }: SampleKey) => KINDS[provider] ?? 'other';
const keyOf = (provider: string) => lineKeys().find((key) => key.provider === provider)?.value ?? '';

const given = (value: string, parts: Partial<Given> = {}): Given => {
  return { name: 'KEY', value: new Secret(value), place: () => '.env:3', fromShell: false, ...parts };
};
const fromShell = { fromShell: true, place: () => 'the shell' };

describe('a live key that the project gives', () => {
  it.each(lineKeys())('is refused, with its place and its first characters: $shape', (key) => {
    const { refused, allowed, withheld } = judge([given(key.value)], RULES);
    const { provider, starts } = key;
    expect(refused).toEqual([{ name: 'KEY', place: '.env:3', provider, kind: kindOf(key), starts }]);
    expect([...allowed, ...withheld]).toEqual([]);
    expect(JSON.stringify(refused)).not.toContain(secretPart(key));
  });

  it.each(lineKeys())('is let in by the flag, and in no preview: $shape', (key) => {
    const rules = { ...RULES, flag: ['KEY'] };
    expect(judge([given(key.value)], rules)).toMatchObject({ refused: [], allowed: [{ name: 'KEY', by: 'flag' }] });
    expect(judge([given(key.value)], { ...rules, preview: true }).refused).toHaveLength(1);
  });

  it.each(lineKeys())('is let in by the configuration where no test keys exist: $shape', (key) => {
    const rules = { ...RULES, configuration: ['KEY'] };
    const refusedAs = (preview: boolean) => judge([given(key.value)], { ...rules, preview }).refused.length;
    const kind = kindOf(key);
    expect([refusedAs(false), refusedAs(true)]).toEqual([kind === 'payments' ? 1 : 0, kind === 'other' ? 0 : 1]);
  });

  it.each(lineKeys())('is refused as a name as well, which is told without it: $shape', (key) => {
    const { refused } = judge([given('1', { name: key.value })], RULES);
    expect(refused).toMatchObject([{ name: `${key.starts}…`, provider: key.provider }]);
    expect(JSON.stringify(refused)).not.toContain(secretPart(key));
  });

  it('is told with all others at once, each provider of one text once', () => {
    const [stripe, openai] = [keyOf('Stripe'), keyOf('OpenAI')];
    const all = [given(`${stripe} ${stripe} ${openai}`), given(keyOf('AWS'), { name: 'OTHER' })];
    expect(judge(all, RULES).refused.map(({ name, provider }) => `${name} ${provider}`)).toEqual([
      'KEY Stripe',
      'KEY OpenAI',
      'OTHER AWS',
    ]);
  });
});

describe('a live key that only the shell has', () => {
  it.each(lineKeys())('is refused where it costs money, else nothing gets it: $shape', (key) => {
    const { refused, withheld, withheldNames } = judge([given(key.value, fromShell)], RULES);
    const isOther = kindOf(key) === 'other';
    expect([refused.length, withheld.length]).toEqual(isOther ? [0, 1] : [1, 0]);
    expect(withheldNames).toEqual(isOther ? ['KEY'] : []);
  });

  it('is refused as a whole where one in it costs money', () => {
    const text = `${keyOf('GitHub')} ${keyOf('Anthropic')}`;
    const { refused, withheld } = judge([given(text, fromShell)], RULES);
    expect(refused.map(({ provider }) => provider)).toEqual(['GitHub', 'Anthropic']);
    expect(withheld).toEqual([]);
  });

  it('is given where it was named', () => {
    const token = given(keyOf('GitHub'), { ...fromShell, name: 'GITHUB_TOKEN' });
    for (const [by, rules] of [
      ['flag', { ...RULES, flag: ['GITHUB_TOKEN'] }],
      ['configuration', { ...RULES, configuration: ['GITHUB_TOKEN'] }],
    ] as const) {
      expect(judge([token], rules)).toMatchObject({ withheldNames: [], allowed: [{ name: 'GITHUB_TOKEN', by }] });
    }
  });

  it('of AWS takes the rest of its credential with it', () => {
    const { withheldNames } = judge([given(keyOf('AWS'), { ...fromShell, name: 'AWS_ACCESS_KEY_ID' })], RULES);
    expect(withheldNames).toContain('AWS_SECRET_ACCESS_KEY');
    expect(withheldNames).toContain('AWS_SESSION_TOKEN');
  });
});

describe('what shows no mode', () => {
  it.each(webhookSecrets())('is let be, until payments are mocked', (secret) => {
    expect(judge([given(secret)], RULES).refused).toEqual([]);
    const mocked = { ...RULES, paymentsMocked: true };
    expect(judge([given(secret)], mocked).refused).toMatchObject([{ provider: 'Stripe', starts: 'whsec_' }]);
  });

  it('is never one of the minted ones', () => {
    const all = mintedKeys().map((key) => given(key));
    expect(judge(all, { ...RULES, paymentsMocked: true }).refused).toEqual([]);
  });
});

it('takes from a stack what the shell alone gives, and leaves what the project does', () => {
  const variable = (name: string, layer: VariableLayer): [string, Variable] => {
    const value = new Secret('x');
    return [name, { name, value, winner: { name, value, layer, place: '' }, losers: [] }];
  };
  const own = { name: 'OWN', value: new Secret('x'), layer: 'local', place: '' } as const;
  const env = { SHELL_ONLY: new Secret('x'), IN_ENV: new Secret('x'), OWN: new Secret('x') };
  const stack = makeStack({
    variables: new Map([variable('SHELL_ONLY', 'shell'), variable('IN_ENV', '.env'), variable('OWN', 'shell')]),
    processes: [makeProcess('web', { env, ownSources: [own] }), makeProcess('worker', { env })],
  });
  const { variables, processes } = withhold(stack, ['SHELL_ONLY', 'IN_ENV', 'OWN', 'NOBODY']);
  expect([...variables.keys()]).toEqual(['IN_ENV']);
  expect(processes.map((process) => Object.keys(process.env))).toEqual([['IN_ENV', 'OWN'], ['IN_ENV']]);
});
