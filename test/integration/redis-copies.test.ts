import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY, MARKS } from '../../src/core/data/redis-copies.ts';
import { Secret } from '../../src/core/secret.ts';
import {
  age,
  dropOutdated,
  duplicate,
  type Followed,
  follow,
  type KeyParcel,
  makeSpares,
  type RedisServer,
  readKeys,
  readMarks,
} from '../../src/data/redis/copies/index.ts';
import { withRedis } from '../../src/engines/redis-connection.ts';
import { queryRedis } from '../support/clients.ts';
import { dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';
import { redisProject } from '../support/redis-project.ts';

const NOW = '2026-01-01T00:00:00.000Z';

describe.each(testedRuntimes)('copies of the keys of a Redis on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost).each(runtime === 'docker' ? ['7', '8'] : [''])(
    'of version "%s"',
    (version) => {
      let machine: Machine;
      let url: URL;
      let within: RedisServer['within'];
      /** What Postgres would keep, by the copy that it stands beside. */
      let kept: Map<string, readonly KeyParcel[]>;

      beforeAll(async () => {
        machine = await makeMachine();
        url = await redisProject(machine, runtime, version);
        const endpoint = { host: url.hostname, port: Number(url.port) };
        const service = { name: 'cache', password: new Secret(url.password) };
        within = (use) => withRedis(service, endpoint, new AbortController().signal, use);
      });
      afterAll(() => machine[Symbol.asyncDispose]());
      beforeEach(async () => {
        kept = new Map();
        await ask('FLUSHALL');
        await to('g0', '');
      });

      const ask = (...command: readonly string[]) => queryRedis(url.href, command);
      const at = (database: number, ...command: readonly string[]) =>
        queryRedis(Object.assign(new URL(url), { pathname: `/${database}` }).href, command);

      const options = () => ({
        kept: keysBeside,
        now: NOW,
        aging: 'all' as const,
        signal: new AbortController().signal,
      });

      async function keysBeside(origin: string) {
        const parcels = kept.get(origin);
        if (!parcels) return null;
        const databases = [...new Set(parcels.map(({ database }) => database))];
        async function* all() {
          yield* parcels ?? [];
        }
        return { databases, read: <T>(use: (read: AsyncIterable<KeyParcel>) => Promise<T>) => use(all()) };
      }

      let hour = 10;
      const to = (generation: string, origin: string, aging: 'all' | 'soon' = 'all'): Promise<Followed> => {
        hour += 1;
        const now = `2026-01-01T${hour}:00:00.000Z`;
        return within((connection) => follow(connection, { generation, origin }, { ...options(), now, aging }));
      };

      const spares = (baseline: string, count: number) =>
        within((connection) => makeSpares(connection, { generations: new Set(), baseline, spares: count }, options()));

      /** Keeps what is live as a baseline is kept. */
      async function keep(name: string): Promise<void> {
        await within(async (connection) => {
          const copy = await duplicate(connection, { id: 'keep', generation: '', now: NOW });
          const parcels: KeyParcel[] = [];
          for await (const parcel of readKeys(connection, copy)) parcels.push(parcel);
          kept.set(name, parcels);
          await dropOutdated(connection, { generations: new Set(), baseline: null, spares: 0 });
        });
      }

      it('come back with all types, in all databases, with how long they live, and go again', async () => {
        await ask('SET', 'text', 'Grüße\r\n');
        await ask('SET', 'session', 'x', 'PX', '3600000');
        await ask('RPUSH', 'list', 'a', 'b');
        await ask('XADD', 'feed', '1-1', 'kind', 'click');
        await at(3, 'ZADD', 'board', '1.5', 'player');
        await keep('baseline');
        await ask('FLUSHDB');
        await ask('SET', 'mine', '1');
        await at(5, 'SET', 'five', '5');
        expect(await to('g1', 'baseline')).toBe('loaded');
        expect(await ask('GET', 'text')).toBe('Grüße\r\n');
        expect(Number(await ask('PTTL', 'session'))).toBeGreaterThan(3_500_000);
        expect(await ask('TTL', 'text')).toBe(-1);
        expect(await ask('LRANGE', 'list', '0', '-1')).toEqual(['a', 'b']);
        expect(await ask('XLEN', 'feed')).toBe(1);
        expect(await ask('DBSIZE')).toBe(4);
        expect(await at(3, 'ZSCORE', 'board', 'player')).toBeTruthy();
        expect(await at(5, 'DBSIZE')).toBe(0);
        expect(await to('g0', '')).toBe('swapped');
        expect(await ask('GET', 'mine')).toBe('1');
        expect(await at(5, 'GET', 'five')).toBe('5');
        expect(await to('g1', 'baseline')).toBe('swapped');
        expect(await ask('GET', 'text')).toBe('Grüße\r\n');
        expect(await to('g2', EMPTY)).toBe('emptied');
        expect(await ask('DBSIZE')).toBe(0);
        expect(await to('g1', '')).toBe('swapped');
        expect(await ask('DBSIZE')).toBe(4);
      });

      it('wait as spares, whose keys begin to age when they are live', async () => {
        await ask('SET', 'session', 'x', 'PX', '3600000');
        await keep('baseline');
        await spares('baseline', 2);
        const copies = (await within(readMarks))?.copies ?? [];
        expect(copies.map(({ origin, keys, complete }) => ({ origin, keys, complete }))).toEqual([
          { origin: 'baseline', keys: 1, complete: true },
          { origin: 'baseline', keys: 1, complete: true },
        ]);
        // A hundred years, whatever it waits.
        expect(Number(await at(copies[0]?.slots[0] ?? 0, 'TTL', 'session'))).toBeGreaterThan(100 * 365 * 86_400);
        await ask('DEL', 'session');
        expect(await to('g1', 'baseline')).toBe('swapped');
        expect(Number(await ask('PTTL', 'session'))).toBeGreaterThan(3_500_000);
      });

      it('age with the swap itself where they are few', async () => {
        const some = `for n = 1, 1500 do redis.call('SET', 'key ' .. n, 'x', 'PX', 3600000) end`;
        await ask('EVAL', some, '0');
        await at(3, 'SET', 'other', 'x', 'PX', '3600000');
        await keep('baseline');
        await spares('baseline', 1);
        expect(await to('g1', 'baseline', 'soon')).toBe('swapped');
        const longest = `local most = 0
          for _, key in ipairs(redis.call('KEYS', '*')) do most = math.max(most, redis.call('PTTL', key)) end
          return most`;
        for (const database of [0, 3]) {
          const most = Number(await at(database, 'EVAL', longest, '0'));
          expect(most).toBeGreaterThan(3_500_000);
          expect(most).toBeLessThanOrEqual(3_600_000);
        }
        expect(await at(MARKS, 'LLEN', 'devenv:ttl')).toBe(0);
      });

      it('age from the swap on, however late those with long to live are told, and what is written since is left alone', async () => {
        await ask('SET', 'short', 'x', 'PX', '30000');
        const longer = `for n = 1, 5000 do redis.call('SET', 'key ' .. n, 'x', 'PX', 3600000) end`;
        await ask('EVAL', longer, '0');
        await ask('SET', 'for ever', 'x');
        await keep('baseline');
        await spares('baseline', 1);
        const began = Date.now();
        expect(await to('g1', 'baseline', 'soon')).toBe('swapped');
        // In time for those that could end before anybody looks again.
        expect(Number(await ask('PTTL', 'short'))).toBeLessThanOrEqual(30_000);
        const waiting = ((await at(MARKS, 'LRANGE', 'devenv:ttl', '0', '-1')) as string[]).filter(
          (_, n) => n % 3 === 1,
        );
        expect(waiting.length).toBeGreaterThan(1_000);
        const [long = '', changed = '', written = '', given = '', persistent = ''] = waiting;
        await ask('APPEND', changed, 'y');
        await ask('SET', written, 'y');
        await ask('SET', given, 'y', 'PX', '7200000');
        await ask('PERSIST', persistent);
        // As if a minute had gone by.
        await at(MARKS, 'HINCRBY', 'devenv', 'since', '-61001');
        await within((connection) => age(connection, 'all'));
        const left = async (key: string) => Number(await ask('PTTL', key));
        const passed = 61_001 + Date.now() - began;
        for (const key of [long, changed]) {
          expect(await left(key)).toBeLessThanOrEqual(3_600_000 - 61_001);
          expect(await left(key)).toBeGreaterThan(3_600_000 - passed - 5_000);
        }
        expect(await left(written)).toBe(-1);
        expect(await left(given)).toBeGreaterThan(3_600_000);
        expect(await left(persistent)).toBe(-1);
        expect(await left('for ever')).toBe(-1);
        expect(await left('short')).toBeGreaterThan(0);
        expect(await at(MARKS, 'LLEN', 'devenv:ttl')).toBe(0);
      });

      it('are gone after FLUSHALL, which stays as it is until the next reset, that loads them', async () => {
        await ask('SET', 'a', '1');
        await keep('baseline');
        await spares('baseline', 1);
        await to('g1', 'baseline');
        await ask('FLUSHALL');
        expect(await to('g1', '')).toBe('adopted');
        expect(await ask('DBSIZE')).toBe(0);
        expect(await to('g2', 'baseline')).toBe('loaded');
        expect(await ask('GET', 'a')).toBe('1');
        expect(await to('g0', '')).toBe('lost');
        expect(await to('g3', 'nothing is kept beside it')).toBe('lost');
        expect(await ask('GET', 'a')).toBe('1');
      });

      /** Sets a key in each database of the app. */
      const inAll = (generation: string) =>
        within((connection) =>
          connection.run(
            Array.from({ length: 16 }, (_, database) => [
              ['SELECT', String(database)],
              ['SET', 'n', `${generation} ${database}`],
            ]).flat(),
          ),
        );

      it('give way to newer ones where all databases are in use', async () => {
        await inAll('g0');
        for (const generation of ['g1', 'g2', 'g3', 'g4']) {
          expect(await to(generation, EMPTY)).toBe('emptied');
          await inAll(generation);
        }
        expect(await to('g0', '')).toBe('lost');
        expect(await to('g3', '')).toBe('swapped');
        expect(await at(15, 'GET', 'n')).toBe('g3 15');
      });

      it('are seen by clients that stay connected, wait for a key or watch one', async () => {
        await ask('RPUSH', 'jobs', 'one');
        await ask('SET', 'watched', 'old');
        await keep('baseline');
        await spares('baseline', 1);
        await ask('DEL', 'jobs');
        await using client = await connected(url.href);
        await using waiting = await connected(url.href);
        await client.sendCommand(['WATCH', 'watched']);
        const id = await client.sendCommand(['CLIENT', 'ID']);
        const job = waiting.sendCommand(['BLPOP', 'jobs', '0']);
        expect(await to('g1', 'baseline')).toBe('swapped');
        expect(await job).toEqual(['jobs', 'one']);
        await client.sendCommand(['MULTI']);
        await client.sendCommand(['SET', 'watched', 'new']);
        expect(await client.sendCommand(['EXEC'])).toBeNull();
        expect(await client.sendCommand(['GET', 'watched'])).toBe('old');
        expect(await client.sendCommand(['CLIENT', 'ID'])).toBe(id);
      });
    },
  );
});

async function connected(url: string) {
  const client = createClient({ url });
  await client.connect();
  return Object.assign(client, {
    [Symbol.asyncDispose]: async () => {
      client.destroy();
    },
  });
}
