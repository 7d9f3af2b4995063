import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedisDescription } from '../../src/core/data/description.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Loaded, type LoadOptions, loadRedis } from '../../src/data/redis/load.ts';
import { planRedis } from '../../src/data/redis/plan.ts';
import { loadWorld } from '../../src/data/seed/values/index.ts';
import { withRedis } from '../../src/engines/redis-connection.ts';
import { queryRedis } from '../support/clients.ts';
import { dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';
import { redisProject } from '../support/redis-project.ts';

const world = await loadWorld({ seed: 42, locale: 'en', now: Date.UTC(2026, 0, 31) });

/** As they would come from Postgres, a few at a time. */
async function* users() {
  for (let id = 1; id <= 1_200; id += 1) yield { id, email: `user${id}@example.com` };
}

const DESCRIBED: Readonly<Record<string, RedisDescription>> = {
  sessions: { key: 'session:{users.id}', ttl: ['1h', '2h'], hash: { mail: '{users.email}', role: 'member' } },
  texts: { key: 'text:{n}', count: 700, ttl: '1d', string: { template: 'Grüße {n}\r\n' } },
  lists: { key: 'list:{n}', count: 3, list: { length: 1_000, of: { template: '{n}' } } },
  sets: { key: 'set', set: { size: 50, of: ({ row }) => row % 10 } },
  board: { key: 'board', sortedSet: { size: 20, of: ({ row }) => `player ${row}`, score: ({ row }) => row / 2 } },
  feed: { key: 'feed', ttl: '5m', stream: { length: 30, fields: { kind: 'click' } } },
};

describe.each(testedRuntimes)('seeding Redis on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost).each(runtime === 'docker' ? ['7', '8'] : [''])(
    'of version "%s"',
    (version) => {
      let machine: Machine;
      let url: URL;

      beforeAll(async () => {
        machine = await makeMachine();
        url = await redisProject(machine, runtime, version);
      });
      afterAll(() => machine[Symbol.asyncDispose]());

      const ask = (...command: readonly string[]) => queryRedis(url.href, command);

      function seed(
        options: Partial<LoadOptions> = {},
        described = DESCRIBED,
        password = url.password,
      ): Promise<Loaded> {
        const signal = options.signal ?? new AbortController().signal;
        const endpoint = { host: url.hostname, port: Number(url.port) };
        return withRedis({ name: 'cache', password: new Secret(password) }, endpoint, signal, (connection) => {
          const rest = { rowsOf: () => users(), replace: false, progress: () => {}, ...options };
          return loadRedis(planRedis(described, world), { connection, signal, ...rest });
        });
      }

      it('writes keys of all types, with what they hold and how long they live', async () => {
        const progress: number[] = [];
        const loaded = await seed({ progress: (keys) => void progress.push(keys) });
        expect(loaded).toEqual({ written: 1_906, kept: 0 });
        expect(progress.at(-1)).toBe(1_906);
        expect(await ask('DBSIZE')).toBe(1_906);
        expect(await ask('HGET', 'session:1200', 'mail')).toBe('user1200@example.com');
        const ttl = Number(await ask('PTTL', 'session:7'));
        expect(ttl).toBeGreaterThan(3_000_000);
        expect(ttl).toBeLessThanOrEqual(7_200_000);
        expect(await ask('GET', 'text:699')).toBe('Grüße 699\r\n');
        expect(Number(await ask('TTL', 'text:699'))).toBeGreaterThan(86_000);
        expect(await ask('LRANGE', 'list:2', '998', '-1')).toEqual(['2', '2']);
        expect(await ask('SCARD', 'set')).toBe(10);
        expect(Number(await ask('ZSCORE', 'board', 'player 19'))).toBe(9.5);
        expect(await ask('XLEN', 'feed')).toBe(30);
        expect(Number(await ask('TTL', 'feed'))).toBeGreaterThan(200);
        expect(await ask('TTL', 'board')).toBe(-1);
      });

      it('keeps keys that are there, and writes the same ones anew when it is told to', async () => {
        await ask('HSET', 'session:7', 'mail', 'mine@example.com');
        await ask('DEL', 'text:3');
        await ask('RPUSH', 'list:1', 'more');
        expect(await seed()).toEqual({ written: 1, kept: 1_905 });
        expect(await ask('HGET', 'session:7', 'mail')).toBe('mine@example.com');
        expect(await ask('LLEN', 'list:1')).toBe(1_001);
        expect(await seed({ replace: true })).toEqual({ written: 1_906, kept: 0 });
        expect(await ask('HGET', 'session:7', 'mail')).toBe('user7@example.com');
        expect(await ask('LLEN', 'list:1')).toBe(1_000);
      });

      it('writes a key that is too large for one step', async () => {
        const large = {
          all: { key: 'all', ttl: '1h', list: { length: 100_000, of: ({ row }: { row: number }) => row } },
        };
        expect(await seed({}, large)).toEqual({ written: 1, kept: 0 });
        expect(await ask('LRANGE', 'all', '99998', '-1')).toEqual(['99998', '99999']);
        expect(Number(await ask('TTL', 'all'))).toBeGreaterThan(3_000);
        expect(await seed({}, large)).toEqual({ written: 0, kept: 1 });
        expect(await seed({ replace: true }, large)).toEqual({ written: 1, kept: 0 });
        expect(await ask('LLEN', 'all')).toBe(100_000);
      });

      it('leaves whole keys when it is stopped, and goes on from there', async () => {
        await ask('FLUSHALL');
        const controller = new AbortController();
        const stop = () => controller.abort(new Error('stopped'));
        await expect(seed({ signal: controller.signal, progress: stop })).rejects.toThrow('stopped');
        const there = Number(await ask('DBSIZE'));
        expect(there).toBeGreaterThan(0);
        expect(there).toBeLessThan(1_906);
        expect(Number(await ask('PTTL', 'session:500'))).toBeGreaterThan(0);
        expect(await seed()).toEqual({ written: 1_906 - there, kept: there });
      });

      it('says what Redis refuses', async () => {
        await expect(seed({}, DESCRIBED, 'wrong')).rejects.toMatchObject({
          name: 'UserError',
          message: expect.stringMatching(/^cache: WRONGPASS/),
        });
        await ask('FLUSHALL');
        await ask('CONFIG', 'SET', 'maxmemory', '1');
        await expect(seed()).rejects.toMatchObject({
          name: 'UserError',
          message: expect.stringMatching(/^cache: .*OOM/s),
        });
        await ask('CONFIG', 'SET', 'maxmemory', '0');
        expect(await ask('DBSIZE')).toBe(0);
      });
    },
  );
});
