import { describe, expect, it } from 'vitest';
import { decideKeys, digitsOf, type KeyFacts } from '../../../../src/data/seed/keys/keys.ts';
import { columnOf, tableOf, uniqueOf } from './schema-of.ts';

const facts = (parts: Partial<KeyFacts>): KeyFacts => ({
  links: [],
  owner: null,
  counting: new Set(),
  sizeOf: () => Number.POSITIVE_INFINITY,
  isNumber: () => false,
  ...parts,
});

describe('unique keys', () => {
  it('make a column distinct that has room for any number of rows', () => {
    const table = tableOf('users', { columns: [columnOf('email', 'text')], uniques: [uniqueOf(['email'])] });
    const keys = decideKeys(table, facts({}));
    expect([...keys.distinct]).toEqual(['email']);
    expect(keys.unassured).toEqual([]);
  });

  it('find the column inside of an expression, and not in a text that is in it', () => {
    const table = tableOf('users', {
      columns: [columnOf('email', 'text'), columnOf('Name', 'text'), columnOf('x', 'text')],
      uniques: [uniqueOf([], { parts: [{ expression: `lower(("Name" || 'x'))` }] })],
    });
    expect([...decideKeys(table, facts({})).distinct]).toEqual(['Name']);
  });

  it('combine what has few values: each combination comes once', () => {
    const table = tableOf('likes', {
      columns: [columnOf('user_id', 'int4'), columnOf('kind', 'text')],
      uniques: [uniqueOf(['user_id', 'kind'])],
    });
    const keys = decideKeys(table, facts({ links: [{ columns: ['user_id'], size: 5 }], sizeOf: () => 3 }));
    const [tuple] = keys.tuples;
    expect(tuple?.capacity).toBe(15);
    const found = Array.from({ length: 15 }, (_, index) => (tuple ? digitsOf(tuple, index).join() : ''));
    expect(new Set(found).size).toBe(15);
  });

  it('are settled by a narrower key for nothing', () => {
    const table = tableOf('t', {
      columns: [columnOf('id', 'int4'), columnOf('org', 'int4')],
      uniques: [uniqueOf(['org', 'id']), uniqueOf(['id'], { primary: true })],
    });
    const keys = decideKeys(table, facts({ counting: new Set(['id']) }));
    expect(keys.tuples).toEqual([]);
    expect(keys.unassured).toEqual([]);
  });

  it('count on within a parent that children are dealt to', () => {
    const table = tableOf('items', {
      columns: [columnOf('order_id', 'int4'), columnOf('position', 'int4')],
      uniques: [uniqueOf(['order_id', 'position'])],
    });
    const keys = decideKeys(
      table,
      facts({ links: [{ columns: ['order_id'], size: 9 }], owner: 0, isNumber: () => true, sizeOf: () => 100 }),
    );
    expect(keys.tuples.map(({ owner, capacity }) => ({ owner, capacity }))).toEqual([{ owner: 0, capacity: 100 }]);
  });

  it('are tried where two of them want the same column', () => {
    const table = tableOf('t', {
      columns: ['a', 'b', 'c'].map((name) => columnOf(name, 'bool')),
      uniques: [uniqueOf(['a', 'b']), uniqueOf(['a']), uniqueOf(['b']), uniqueOf(['b', 'c'])],
    });
    const keys = decideKeys(table, facts({ sizeOf: () => 2 }));
    expect(keys.tuples.map(({ key }) => key.name)).toEqual(['a_key', 'b_key']);
    expect(keys.unassured).toEqual([]);
  });
});
