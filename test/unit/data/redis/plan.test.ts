import { describe, expect, it } from 'vitest';
import type { RedisDescription } from '../../../../src/core/data/description.ts';
import { planRedis, type RedisPlan } from '../../../../src/data/redis/plan.ts';
import type { Row } from '../../../../src/data/redis/values.ts';
import { loadWorld } from '../../../../src/data/seed/values/index.ts';
import { commandsOf } from '../../../support/redis-commands.ts';

const now = Date.UTC(2026, 0, 31);
const world = await loadWorld({ seed: 42, locale: 'en', now });

function plan(description: RedisDescription, seed: number | string = 42): RedisPlan {
  const [only] = planRedis({ test: description }, { ...world, seed });
  return only as RedisPlan;
}

function commands(description: RedisDescription, n = 0, row: Row | null = null, seed?: number): readonly string[][] {
  const entry = plan(description, seed).entry(n, row);
  return entry ? [...commandsOf(entry)].map((command) => [...command]) : [];
}

const ALICE = { id: 7, email: 'alice@example.com', born: new Date(0), tags: ['a'], nick: null };

describe('keys of Redis', () => {
  it('are counted, or made of rows, of which only the named columns are needed', () => {
    expect(plan({ key: 'a', string: 'x' })).toMatchObject({ rows: null, count: 1 });
    expect(plan({ key: 'a:{n}', count: 9, string: 'x' })).toMatchObject({ rows: null, count: 9 });
    const session: RedisDescription = {
      key: 'session:{shop.users.id}',
      hash: { mail: { template: '<{shop.users.email}>' }, born: '{shop.users.born}', role: 'member' },
    };
    expect(plan(session)).toMatchObject({
      rows: { table: 'shop.users', columns: ['id', 'email', 'born'] },
      count: null,
    });
    expect(commands(session, 0, ALICE)).toEqual([
      ['HSET', 'session:7', 'mail', '<alice@example.com>', 'born', '1970-01-01T00:00:00.000Z', 'role', 'member'],
    ]);
  });

  it('leave out what is null in the row, and are not there where the key would be', () => {
    const hash = { nick: '{users.nick}', tags: '{users.tags}' };
    expect(commands({ key: 'u:{users.id}', hash }, 0, ALICE)).toEqual([['HSET', 'u:7', 'tags', '["a"]']]);
    expect(commands({ key: 'u:{users.nick}', hash }, 0, ALICE)).toEqual([]);
    expect(commands({ key: 'u:{users.id}', string: '{users.nick}' }, 0, ALICE)).toEqual([]);
  });

  it('hold constants as they are, also JSON, and numbers and fields in templates', () => {
    expect(commands({ key: 'a:{n}', count: 5, string: '{"a":1.5}' }, 3)).toEqual([['SET', 'a:3', '{"a":1.5}']]);
    const hash = { full: { template: '{first} {n}' }, first: 'Ann', no: 5, yes: true };
    expect(commands({ key: 'a:{n}', count: 5, hash }, 3)).toEqual([
      ['HSET', 'a:3', 'full', 'Ann 3', 'first', 'Ann', 'no', '5', 'yes', 'true'],
    ]);
  });

  it('hold what functions give, with numbers of their own', () => {
    const list = { length: 3, of: ({ row, random }: { row: number; random: () => number }) => `${row}:${random()}` };
    const [[, , ...first] = []] = commands({ key: 'a:{n}', count: 2, list }, 0);
    const [[, , ...second] = []] = commands({ key: 'a:{n}', count: 2, list }, 1);
    expect(first.map((text) => text.split(':')[0])).toEqual(['0', '1', '2']);
    expect(new Set([...first, ...second]).size).toBe(6);
  });

  it('live as long as is drawn for each', () => {
    const lives = (ttl: RedisDescription['ttl']) =>
      [0, 1, 2, 3].map(
        (n) => plan({ key: 'a:{n}', count: 4, string: 'x', ...(ttl ? { ttl } : {}) }).entry(n, null)?.ttl,
      );
    expect(lives(undefined)).toEqual([null, null, null, null]);
    expect(lives('30m')).toEqual([1_800_000, 1_800_000, 1_800_000, 1_800_000]);
    const drawn = lives(['1h', '2h']) as number[];
    expect(new Set(drawn).size).toBe(4);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(3_600_000);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(7_200_000);
  });

  it('of a sorted set and a stream have scores and times', () => {
    const sortedSet = { size: 2, of: { template: 'm{n}' }, score: { between: [1, 9] as const } };
    const [[name, key, score] = []] = commands({ key: 'z', sortedSet });
    expect([name, key]).toEqual(['ZADD', 'z']);
    expect(Number(score)).toBeGreaterThanOrEqual(1);
    expect(Number(score)).toBeLessThanOrEqual(9);
    const timed = commands({ key: 'z', sortedSet: { ...sortedSet, score: { past: '1d' } } })[0]?.[2];
    expect(Number(timed)).toBeGreaterThanOrEqual(now / 1000 - 86_400);
    expect(Number(timed)).toBeLessThanOrEqual(now / 1000);
    expect(commands({ key: 's', stream: { length: 2, fields: { kind: 'click' } } })).toEqual([
      ['XADD', 's', `${now - 1000}-1`, 'kind', 'click'],
      ['XADD', 's', `${now}-2`, 'kind', 'click'],
    ]);
  });

  it('hold values like those of columns', () => {
    const hash = {
      email: { like: 'email' },
      role: { oneOf: { admin: 1, member: 99 } },
      seen: { past: '2d' },
      visits: { between: [10, 20] as const },
      share: { between: [0.5, 0.75] as const },
      code: { pattern: '[A-Z]{3}' },
      gone: { like: 'email', null: 1 },
    };
    const [[, , ...pairs] = []] = commands({ key: 'h', hash });
    const fields = Object.fromEntries(pairs.flatMap((name, index) => (index % 2 ? [] : [[name, pairs[index + 1]]])));
    expect(Object.keys(fields)).toEqual(['email', 'role', 'seen', 'visits', 'share', 'code']);
    expect(fields.email).toMatch(/^\S+@\S+\.\S+$/);
    expect(fields.role).toMatch(/^(admin|member)$/);
    expect(fields.seen).toMatch(/^2026-01-(29|30|31)T\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Number(fields.visits)).toBeGreaterThanOrEqual(10);
    expect(Number(fields.share)).toBeLessThanOrEqual(0.75);
    expect(fields.code).toMatch(/^[A-Z]{3}$/);
  });

  it('are the same for the same seed, in whatever order they are made, and others for another', () => {
    const description: RedisDescription = {
      key: 'a:{n}',
      count: 100,
      ttl: ['1h', '9h'],
      list: { length: { zipf: [1, 20] }, of: { like: 'full_name' } },
    };
    const make = (order: readonly number[], seed: number) => {
      const one = plan(description, seed);
      return new Map(order.map((n) => [n, JSON.stringify([...commandsOf(one.entry(n, null) as never)])]));
    };
    const up = Array.from({ length: 100 }, (_, n) => n);
    const first = make(up, 1);
    const backwards = make([...up].reverse(), 1);
    expect(up.map((n) => backwards.get(n))).toEqual(up.map((n) => first.get(n)));
    expect(new Set(first.values()).size).toBe(100);
    expect(make(up, 2).get(5)).not.toBe(first.get(5));
  });
});
