import { expect, it } from 'vitest';
import { equationsOf } from '../../../../src/data/seed/equations/equations.ts';
import { columnsIn, evaluated, roundedTo } from '../../../../src/data/seed/equations/formula.ts';
import { columnOf, scalar } from './schema-of.ts';

const TYPES = {
  ...{ quantity: 'int4', price: 'numeric', fee: 'numeric', total: 'numeric', minutes: 'int4', seconds: 'int4' },
  ...{
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    duration: 'interval',
    on_day: 'date',
    due: 'date',
    days: 'int4',
  },
};

async function equation(expression: string, without: readonly string[] = []) {
  const columns = new Map(
    Object.entries(TYPES).map(([name, type]) => [name, columnOf(name, type, { type: scalar(type) })]),
  );
  const free = Object.keys(TYPES).filter((name) => !without.includes(name));
  const [found] = await equationsOf([{ name: 'c', expression, why: '' }], { columns, now: 0 }, free);
  return found ?? null;
}

async function computed(expression: string, values: Readonly<Record<string, number>>, without?: readonly string[]) {
  const found = await equation(expression, without);
  return found && [found.column, evaluated(found.formula, (column) => values[column] ?? null)];
}

it.each([
  ['total = quantity::numeric * price', { quantity: 3, price: 2.5 }, ['total', 7.5]],
  ['(price + fee) = total', { price: 3, fee: 2 }, ['total', 5]],
  ['total = price - COALESCE(fee, 0::numeric)', { price: 3 }, ['total', 3]],
  ['round(total - price - fee, 2) = 0', { price: 3, fee: 2 }, ['total', 5]],
  ['total = round(price * 0.19, 2)', { price: 2.5 }, ['total', 0.48]],
  ['ends_at = starts_at + duration', { starts_at: 1000, duration: 60 }, ['ends_at', 1060]],
  ["ends_at - starts_at = duration * 2 + '1 s'::interval", { starts_at: 10, duration: 5 }, ['ends_at', 1020]],
  ['due = on_day + days', { on_day: 20_000, days: 3 }, ['due', 20_003]],
  ['seconds = minutes * 60', { minutes: 2 }, ['seconds', 120]],
])('solves %s', async (expression, values, result) => {
  expect(await computed(expression, values)).toEqual(result);
});

it('solves for a column that nothing else decides, if there is one', async () => {
  expect(await computed('total = price + fee', { total: 5, price: 3 }, ['total'])).toEqual(['fee', 2]);
  expect(await equation('total = quantity * price', ['total'])).toBeNull();
  expect(await equation('total = total * 2')).toBeNull();
  expect(await equation('total > price')).toBeNull();
  expect(await equation('ends_at = starts_at * 2')).toBeNull();
});

it('goes in no circles', async () => {
  const columns = new Map(Object.entries(TYPES).map(([name, type]) => [name, columnOf(name, type)]));
  const judged = ['total = price + fee', 'price = total * 2'].map((expression) => ({ name: '', expression, why: '' }));
  const found = await equationsOf(judged, { columns, now: 0 }, ['price', 'total', 'fee']);
  expect(found.map(({ column, formula }) => [column, columnsIn(formula)])).toEqual([['total', ['price', 'fee']]]);
});

it('rounds half away from zero, as numeric does', () => {
  expect([roundedTo(2.675, 2), roundedTo(-2.675, 2), roundedTo(1.005, 2), roundedTo(19, 0)]).toEqual([
    2.68, -2.68, 1.01, 19,
  ]);
});
