import { describe, expect, it } from 'vitest';
import { dealChildren, dealtTo, drawCount } from '../../../../src/data/seed/links/counts.ts';
import { loadingOrder } from '../../../../src/data/seed/order.ts';
import { Draws } from '../../../../src/lib/draws.ts';
import { columnOf, foreignKey, tableOf } from './schema-of.ts';

describe('the order of tables', () => {
  it('has what is referenced first', () => {
    const { tables, waiting } = loadingOrder([
      tableOf('items', { foreignKeys: [foreignKey(['order_id'], 'orders')] }),
      tableOf('orders', { foreignKeys: [foreignKey(['user_id'], 'users')] }),
      tableOf('users', { foreignKeys: [foreignKey(['boss_id'], 'users')] }),
    ]);
    expect(tables.map(({ name }) => name)).toEqual(['users', 'orders', 'items']);
    expect(waiting.size).toBe(0);
  });

  it('names the keys of a cycle that have to wait', () => {
    const must = columnOf('b_id', 'int4');
    const may = columnOf('a_id', 'int4', { notNull: false });
    const { tables, waiting } = loadingOrder([
      tableOf('a', { columns: [must], foreignKeys: [foreignKey(['b_id'], 'b')] }),
      tableOf('b', { columns: [may], foreignKeys: [foreignKey(['a_id'], 'a')] }),
    ]);
    expect(tables.map(({ name }) => name)).toEqual(['b', 'a']);
    expect([...waiting].map(([table, keys]) => [table, keys.map(({ name }) => name)])).toEqual([['b', ['a_id_fkey']]]);
  });
});

describe('children', () => {
  it('are dealt to parents, and find their parent again', () => {
    const dealt = dealChildren({ table: 'users', count: { zipf: [0, 50] } }, 1000, 40, new Draws(1, 'orders'));
    const total = dealt.starts[1000] ?? 0;
    const counts = new Array<number>(1000).fill(0);
    for (let child = 0; child < total; child += 1) {
      const { parent, ordinal } = dealtTo(dealt, child);
      expect(ordinal).toBe(counts[parent]);
      counts[parent] = (counts[parent] ?? 0) + 1;
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(40);
    expect(counts.filter((count) => count === 0).length).toBeGreaterThan(100);
  });

  it('are as many as was said', () => {
    const draws = new Draws(1, 'x');
    expect(drawCount(3)(draws)).toBe(3);
    const drawn = Array.from({ length: 200 }, (_, row) => drawCount([2, 4])(draws.at(row)));
    expect([...new Set(drawn)].sort()).toEqual([2, 3, 4]);
    expect(() => drawCount([4, 2])).toThrow('a count from 4 to 2 is none');
  });
});
