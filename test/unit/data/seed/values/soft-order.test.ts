import { describe, expect, it } from 'vitest';
import { softComparisons } from '../../../../../src/data/seed/values/index.ts';
import { columnOf, tableOf } from '../schema-of.ts';

const ordered = (...columns: readonly (readonly [string, string])[]) =>
  softComparisons(tableOf('orders', { columns: columns.map(([name, type]) => columnOf(name, type)) })).map(
    ({ left, operator, right }) => `${left} ${operator} ${right}`,
  );

describe('the order of dates', () => {
  it('is that of life', () => {
    const names = ['created_at', 'updated_at', 'paid_at', 'shipped_at', 'delivered_at'];
    expect(ordered(...names.map((name) => [name, 'timestamptz'] as const))).toEqual([
      'created_at <= updated_at',
      'created_at <= paid_at',
      'created_at <= shipped_at',
      'created_at <= delivered_at',
      'paid_at <= shipped_at',
      'shipped_at < delivered_at',
    ]);
    expect(ordered(['starts_on', 'date'], ['ends_on', 'date'])).toEqual(['starts_on < ends_on']);
    expect(ordered(['created_at', 'timestamp'], ['trial_expires_at', 'timestamp'])).toEqual([
      'created_at <= trial_expires_at',
    ]);
  });

  it('is between columns of one type and one group', () => {
    expect(ordered(['created_at', 'timestamptz'], ['updated_at', 'date'])).toEqual([]);
    expect(ordered(['sale_starts_at', 'timestamp'], ['rent_ends_at', 'timestamp'])).toEqual([]);
    expect(ordered(['starts_at', 'timestamp'], ['rent_ends_at', 'timestamp'])).toEqual([]);
    expect(ordered(['sale_starts_at', 'timestamp'], ['sale_ends_at', 'timestamp'])).toEqual([
      'sale_starts_at < sale_ends_at',
    ]);
    expect(ordered(['created_at', 'text'], ['updated_at', 'text'])).toEqual([]);
  });

  it('is that of words in the names of two columns that are otherwise called the same', () => {
    const pairs = (type: string, ...names: string[]) => ordered(...names.map((name) => [name, type] as const));
    expect(pairs('numeric', 'min_price', 'max_price')).toEqual(['min_price <= max_price']);
    expect(pairs('int4', 'maxAge', 'minAge')).toEqual(['minAge <= maxAge']);
    expect(pairs('timestamptz', 'rental_date', 'return_date')).toEqual(['rental_date <= return_date']);
    expect(pairs('time', 'start_time', 'end_time')).toEqual(['start_time <= end_time']);
    expect(pairs('timestamp', 'last_sign_in_at', 'current_sign_in_at')).toEqual([
      'last_sign_in_at <= current_sign_in_at',
    ]);
    expect(pairs('text', 'from_name', 'to_name')).toEqual([]);
    expect(pairs('int4', 'minutes', 'maxutes', 'order_id', 'customer_id')).toEqual([]);
  });
});
