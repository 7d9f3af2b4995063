import { createClient } from 'redis';
import type { RedisDescription } from '../../src/core/data/description.ts';
import { Secret } from '../../src/core/secret.ts';
import { loadRedis } from '../../src/data/redis/load.ts';
import { planRedis } from '../../src/data/redis/plan.ts';
import { loadWorld } from '../../src/data/seed/values/index.ts';
import { withRedis } from '../../src/engines/redis-connection.ts';
import { commandsOf } from '../support/redis-commands.ts';
import { type Contender, compare } from './compare.ts';
import { makeDevenvProject } from './devenv-project.ts';
import type { Scenario } from './measurement.ts';

const KEYS = 100_000;
const CONFIG = `
name: bench
runtime: embedded
services: { cache: { engine: redis } }
env: { REDIS_URL: "\${cache.url}" }
`;

const SESSIONS: Readonly<Record<string, RedisDescription>> = {
  sessions: {
    key: 'session:{n}',
    count: KEYS,
    ttl: ['1h', '7d'],
    hash: { email: { like: 'email' }, role: { oneOf: { admin: 1, member: 99 } }, seen: { past: '30d' } },
  },
};

/** Keys made and written, against the same bytes, made before, through a pipelined client. */
export const redisSeed: Scenario = {
  name: 'redis-seed',
  async measure(signal) {
    await using environment = await makeDevenvProject(CONFIG);
    await environment.up();
    const { REDIS_URL } = await environment.project.json<{ REDIS_URL: string }>(['env', '--format', 'json']);
    const plans = planRedis(SESSIONS, await loadWorld({ seed: 42, locale: 'en', now: Date.UTC(2026, 0, 31) }));
    const made = plans.flatMap((plan) => Array.from({ length: KEYS }, (_, n) => plan.entry(n, null)));
    const commands = made.flatMap((entry) => (entry ? [...commandsOf(entry)] : []));
    const ours = onEmpty(REDIS_URL, 'devenv', () => seeded(REDIS_URL, plans, signal));
    const theirs = onEmpty(REDIS_URL, 'node-redis, pipelined', () => piped(REDIS_URL, commands));
    const summaries = await compare([ours, theirs], { warmUps: 1, counted: 5, signal });
    const { devenv, [theirs.name]: reference } = summaries;
    if (!devenv || !reference) throw new Error('a contender is missing');
    const target = { atMost: 2, of: 'reference' } as const;
    return [
      { name: `Redis: ${KEYS} hashes`, unit: 'ms', devenv, reference: { name: theirs.name, ...reference }, target },
    ];
  },
};

/** Emptying isn't measured. */
function onEmpty(url: string, name: string, run: () => Promise<void>): Contender {
  return {
    name,
    async begin() {
      await within(url, (client) => client.flushAll());
      return { run, rest: () => counted(url), [Symbol.asyncDispose]: async () => {} };
    },
  };
}

async function seeded(url: string, plans: ReturnType<typeof planRedis>, signal: AbortSignal): Promise<void> {
  const { hostname: host, port, password } = new URL(url);
  const service = { name: 'cache', password: new Secret(password) };
  await withRedis(service, { host, port: Number(port) }, signal, (connection) =>
    loadRedis(plans, { connection, signal, rowsOf: none, replace: false, progress: () => {} }),
  );
}

async function* none(): AsyncIterable<never> {}

async function piped(url: string, commands: readonly (readonly string[])[]): Promise<void> {
  await within(url, async (client) => {
    for (let from = 0; from < commands.length; from += 1_000) {
      const batch = client.multi();
      for (const command of commands.slice(from, from + 1_000)) batch.addCommand(command as string[]);
      await batch.execAsPipeline();
    }
  });
}

async function counted(url: string): Promise<void> {
  const found = await within(url, (client) => client.dbSize());
  if (found !== KEYS) throw new Error(`${found} of ${KEYS} keys are there`);
}

async function within<T>(url: string, use: (client: ReturnType<typeof clientOf>) => Promise<T>): Promise<T> {
  const client = clientOf(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

function clientOf(url: string) {
  return createClient({ url });
}
