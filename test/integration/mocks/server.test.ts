import { expect, it } from 'vitest';
import { jsonAnswer, type Provider } from '../../../src/mocks/provider.ts';
import { serveMocks } from '../../support/serve-mocks.ts';

const told = { summary: 'echo' };

function provider(name: Provider['name'], answer: Provider['answer']): Provider {
  return { name, answer };
}

const echo = provider('openai', ({ method, path, query, body }) =>
  jsonAnswer(200, { method, path, query: query.get('q'), body: body.toString() }, told),
);
const rest = provider('stripe', ({ path }) => jsonAnswer(404, { path }, told));

it('gives a call to the provider below whose prefix it is, the rest to the one at the root', async () => {
  await using mocks = await serveMocks([
    { prefix: '/openai', provider: echo },
    { prefix: '/', provider: rest },
  ]);
  const first = await fetch(`${mocks.url}/openai/v1/models?q=a%20b`, { method: 'POST', body: 'körper' });
  expect(await first.json()).toEqual({ method: 'POST', path: '/v1/models', query: 'a b', body: 'körper' });
  const second = await fetch(`${mocks.url}/openais/v1`);
  expect([second.status, await second.json()]).toEqual([404, { path: '/openais/v1' }]);
  expect(mocks.calls.map(({ provider: { name }, sent, whole }) => [name, whole, sent.length > 0])).toEqual([
    ['openai', true, true],
    ['stripe', true, true],
  ]);
});

it('puts the version before a path that names none, where a mount has one', async () => {
  await using mocks = await serveMocks([{ prefix: '/openai', version: '/v1', provider: echo }]);
  const pathOf = async (path: string): Promise<string> => {
    const { path: seen } = (await (await fetch(mocks.url + path)).json()) as { path: string };
    return seen;
  };
  expect(await pathOf('/openai/models?q=v2')).toBe('/v1/models');
  expect(await pathOf('/openai/v2/models')).toBe('/v2/models');
  expect(await pathOf('/openai/')).toBe('/');
});

it('keeps the times between the parts of an answer, and cuts the connection where it is told to', async () => {
  const parts = [
    { afterMs: 30, data: 'data: a\n\n' },
    { afterMs: 30, data: 'data: b\n\n' },
  ];
  const stream = (cut: boolean) => provider('openai', () => ({ status: 200, headers: {}, parts, cut, told }));
  await using mocks = await serveMocks([
    { prefix: '/whole', provider: stream(false) },
    { prefix: '/', provider: stream(true) },
  ]);
  expect(await (await fetch(`${mocks.url}/whole`)).text()).toBe('data: a\n\ndata: b\n\n');
  expect(mocks.calls[0]?.tookMs).toBeGreaterThanOrEqual(58);
  await expect((await fetch(`${mocks.url}/`)).text()).rejects.toThrow();
  expect(mocks.calls.map(({ whole }) => whole)).toEqual([true, false]);
});

it('answers 500 for a bug of a mock, and tells it', async () => {
  const broken = provider('openai', () => Promise.reject(new Error('a bug')));
  await using mocks = await serveMocks([{ prefix: '/', provider: broken }]);
  const answer = await fetch(mocks.url);
  expect([answer.status, await answer.json()]).toMatchObject([500, { error: { type: 'api_error' } }]);
  expect(mocks.failures).toMatchObject([{ message: 'a bug' }]);
});
