import { describe, expect, it } from 'vitest';
import { type RedisEntry, writesOf } from '../../../../src/data/redis/entry.ts';
import { commandsOf } from '../../../support/redis-commands.ts';

const lines = (entry: RedisEntry) => [...commandsOf(entry)].map((command) => command.join(' '));

describe('the commands of a key', () => {
  it.each<[string, RedisEntry, readonly string[]]>([
    ['text', { key: 'a', ttl: null, type: 'string', value: 'x' }, ['SET a x']],
    ['text for a while', { key: 'a', ttl: 1500, type: 'string', value: 'x' }, ['SET a x', 'PEXPIRE a 1500']],
    [
      'a hash',
      {
        key: 'a',
        ttl: 10,
        type: 'hash',
        fields: [
          ['b', '1'],
          ['c', '2'],
        ],
      },
      ['HSET a b 1 c 2', 'PEXPIRE a 10'],
    ],
    ['a list', { key: 'a', ttl: null, type: 'list', values: ['x', 'y'] }, ['RPUSH a x y']],
    ['a set', { key: 'a', ttl: null, type: 'set', values: ['x'] }, ['SADD a x']],
    ['a sorted set', { key: 'a', ttl: null, type: 'sortedSet', members: [['1.5', 'x']] }, ['ZADD a 1.5 x']],
    [
      'a stream, without entries that hold nothing',
      {
        key: 'a',
        ttl: 5,
        type: 'stream',
        entries: [
          ['1-1', [['b', 'x']]],
          ['2-2', []],
          ['3-3', [['b', 'y']]],
        ],
      },
      ['XADD a 1-1 b x', 'XADD a 3-3 b y', 'PEXPIRE a 5'],
    ],
    ['nothing', { key: 'a', ttl: 5, type: 'list', values: [] }, []],
    ['no fields', { key: 'a', ttl: 5, type: 'hash', fields: [] }, []],
  ])('of %s', (_what, entry, expected) => {
    expect(lines(entry)).toEqual(expected);
  });

  it('of many values are made one after the other', () => {
    let made = 0;
    function* values(): Iterable<string> {
      for (; made < 1_000_000; made += 1) yield 'x';
    }
    const [first] = writesOf({ key: 'a', ttl: null, type: 'list', values: values() });
    expect(first).toHaveLength(2 + 256);
    expect(made).toBeLessThan(1_000);
  });
});
