import type { ProviderName } from '../provider.ts';
import { DIALECTS } from './dialects.ts';

/** No provider gives out a key with it: what bears it is worth nothing. */
const OF_TESTS = /devenv[-_]upstream/;

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);

/**
 * Where calls to a provider are passed on to. For tests of devenv itself it can be a server of this machine. Whoever
 * manages to set that still gets no real key: such a server is only ever sent a key that says it is none.
 */
export function originOf(name: ProviderName, key: string, upstream: string | undefined): URL {
  if (upstream === undefined) return new URL(DIALECTS[name].origin);
  const origin = new URL(upstream);
  if (LOOPBACK.has(origin.hostname) && OF_TESTS.test(key)) return origin;
  throw new Error(`another address of ${name} is for tests: only on this machine, and only with a key of the tests`);
}

/** Of this devenv's own environment, `openai=http://127.0.0.1:4000 stripe=…`: no configuration says anything of it. */
const VARIABLE = 'DVE_MOCKS_UPSTREAMS';

export function upstreamsOfTests(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const pairs = (env[VARIABLE] ?? '').split(' ').filter((pair) => pair.includes('='));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
