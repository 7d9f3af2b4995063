import { expect, it } from 'vitest';
import { liveKeysOf } from '../../../../src/app/stack/given.ts';
import type { LoadedConfig } from '../../../../src/config/load.ts';
import { Secret } from '../../../../src/core/secret.ts';
import type { Variable, VariableLayer } from '../../../../src/core/stack.ts';
import { lineKeys, mintedKeys, webhookSecrets } from '../../../support/live-keys.ts';
import { makeProcess, makeStack } from '../../../support/stack.ts';

const loaded = { config: { guard: { allow: [] }, data: [] }, explain: () => [] } as unknown as LoadedConfig;
const LIVE = lineKeys()[0]?.value ?? '';
const [SECRET = ''] = webhookSecrets();

function variable(
  name: string,
  value: string,
  layer: VariableLayer,
  losers: readonly string[] = [],
): [string, Variable] {
  const source = (text: string) => ({ name, value: new Secret(text), layer, place: layer });
  return [name, { name, value: new Secret(value), winner: source(value), losers: losers.map(source) }];
}

const judged = (parts: Parameters<typeof makeStack>[0]) => liveKeysOf(makeStack(parts), { loaded, allowLive: [] });

it('judges what is given, not what a minted value has won over', () => {
  const minted = variable('STRIPE_SECRET_KEY', mintedKeys()[0] ?? '', 'minted', [LIVE]);
  expect(judged({ variables: new Map([minted]) }).refused).toEqual([]);
});

it('refuses another webhook secret than the minted one as soon as payments are mocked', () => {
  const own = variable('MY_WEBHOOK_SECRET', SECRET, '.env');
  const minted = (index: number) => variable('ANY', mintedKeys()[index] ?? '', 'minted');
  expect(judged({ variables: new Map([own]) }).refused).toEqual([]);
  for (const [index, refused] of [
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 0],
    [4, 0],
  ] as const) {
    expect(judged({ variables: new Map([own, minted(index)]) }).refused, mintedKeys()[index]).toHaveLength(refused);
  }
  // Somebody's own variable of that form says nothing.
  const copied = variable('ANY', mintedKeys()[0] ?? '', '.env');
  expect(judged({ variables: new Map([own, copied]) }).refused).toEqual([]);
});

it('names what several processes share once, and what one has for itself by its place', () => {
  const shared = variable('PAY', LIVE, '.env');
  const env = { PAY: new Secret(LIVE) };
  const own = { name: 'OWN', value: new Secret(LIVE), layer: 'local', place: '' } as const;
  const processes = [
    makeProcess('web', { env }),
    makeProcess('worker', { env: { ...env, OWN: new Secret(LIVE) }, ownSources: [own] }),
  ];
  const { refused } = judged({ variables: new Map([shared]), processes });
  expect(refused.map(({ name, place }) => `${name} ${place}`)).toEqual([
    'PAY .env',
    'OWN the configuration, processes.worker',
  ]);
});

it('refuses one that is written down where a command is to print it, and one that only the input of a process has', () => {
  const keys = { openai: { from: 'command', argv: ['echo', LIVE] }, anthropic: null, stripe: null };
  const config = { ...loaded.config, mocks: { keys } };
  const stack = makeStack({ processes: [makeProcess('mocks', { input: new Secret(JSON.stringify({ text: LIVE })) })] });
  const { refused } = liveKeysOf(stack, { loaded: { ...loaded, config } as unknown as LoadedConfig, allowLive: [] });
  expect(refused.map(({ name }) => name)).toEqual(['mocks', 'mocks.keys.openai.command']);
});
