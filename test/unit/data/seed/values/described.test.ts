import { beforeAll, describe, expect, it } from 'vitest';
import type { ColumnDescription } from '../../../../../src/core/data/description.ts';
import type { World } from '../../../../../src/data/seed/values/index.ts';
import { scalar } from '../schema-of.ts';
import { english, type Given, madeColumn, madeTable, NOW, rows, TEXT } from './columns.ts';

let world: World;
beforeAll(async () => {
  world = await english();
});

const DAY = 86_400_000;
const INT = scalar('int4');
const MOMENT = scalar('timestamptz');

function values(description: ColumnDescription, given: Given = {}, count = 200) {
  const { value } = madeColumn(world, 'x', { ...given, description });
  return rows(count, (row) => value(row, 0));
}

describe('a description', () => {
  it('of one value is that value, as the type has it', () => {
    expect(new Set(values('fixed'))).toEqual(new Set(['fixed']));
    expect(values('2026-01-01', { type: MOMENT }, 1)).toEqual([NOW]);
    expect(values('5', { type: INT }, 1)).toEqual([5]);
    expect(values(7, {}, 1)).toEqual(['7']);
    expect(values('yes', { type: scalar('bool') }, 1)).toEqual([true]);
    expect(values('plain', { type: scalar('jsonb') }, 1)).toEqual(['"plain"']);
    expect(values(null, { notNull: false }, 1)).toEqual([null]);
  });

  it('of several takes each as often as it says', () => {
    const found = values({ oneOf: { admin: 1, member: 99 } }, {}, 5000);
    expect(found.filter((one) => one === 'admin').length).toBeGreaterThan(20);
    expect(found.filter((one) => one === 'admin').length).toBeLessThan(100);
    expect(new Set(values({ oneOf: [1, 2, 3] }, { type: INT }))).toEqual(new Set([1, 2, 3]));
    expect(new Set(values({ oneOf: ['a', 'b'] }, { domain: { oneOf: ['b', 'c'] } }))).toEqual(new Set(['b']));
  });

  it('of a time keeps to it', () => {
    for (const one of values({ past: '30d' }, { type: MOMENT }) as number[]) {
      expect(one).toBeGreaterThanOrEqual(NOW - 30 * DAY);
      expect(one).toBeLessThanOrEqual(NOW);
    }
    for (const one of values({ future: '2y' }, { type: scalar('date') }) as number[]) {
      expect(one).toBeGreaterThanOrEqual(NOW / DAY);
      expect(one).toBeLessThanOrEqual(NOW / DAY + 730);
    }
    for (const one of values({ between: ['2020-01-01', '2020-01-02'] }, { type: MOMENT }) as number[]) {
      expect(one).toBeGreaterThanOrEqual(Date.UTC(2020, 0, 1));
      expect(one).toBeLessThanOrEqual(Date.UTC(2020, 0, 2));
    }
  });

  it('of numbers keeps to them and to the checks', () => {
    const found = values({ between: [1, 10] }, { type: INT, domain: { min: { value: 8, inclusive: false } } });
    expect(new Set(found)).toEqual(new Set([9, 10]));
    const { within } = madeColumn(world, 'x', { type: INT, description: { between: [1, 10] } });
    expect(within?.(0, 0, 9.5, 100)).toBe(10);
    expect(within?.(0, 0, 11, 100)).toBeNull();
  });

  it('of a function of faker calls it, the same in the same row', () => {
    const names = values({ faker: 'company.name' }, {}, 20) as string[];
    expect(values({ faker: 'company.name' }, {}, 20)).toEqual(names);
    expect(new Set(names).size).toBeGreaterThan(15);
    for (const one of values({ faker: 'number.int' }, { type: scalar('int8') }, 10))
      expect(one).toEqual(expect.any(Number));
    for (const one of values({ faker: 'date.past' }, { type: MOMENT }, 10) as number[]) expect(one).toBeLessThan(NOW);
  });

  it('of a pattern is text that fits all of it', () => {
    for (const one of values({ pattern: '[A-Z]{3}-[0-9]{4}' })) expect(one).toMatch(/^[A-Z]{3}-[0-9]{4}$/);
    const { distinct } = madeColumn(world, 'x', { description: { pattern: '[ab]{2}' } });
    expect(new Set(rows(distinct?.size ?? 0, (index) => distinct?.at(index)))).toEqual(
      new Set(['aa', 'ab', 'ba', 'bb']),
    );
  });

  it('of a template has the other columns in it', () => {
    const made = madeTable(world, 'users', {
      first_name: {},
      born: { type: scalar('date'), description: '2000-02-29' },
      x: { description: { template: '{first_name}, {born}, {row}' } },
      mail: { description: { template: '{first_name}@example.com' }, unique: true },
    });
    expect(made.value('x', 7)).toBe(`${made.value('first_name', 7)}, 2000-02-29, 7`);
    expect(made.value('mail', 7)).toBe(`${made.value('first_name', 7)}8@example.com`);
    const { distinct } = madeColumn(world, 'x', { description: { template: 'item {row}' } });
    expect(distinct?.at(12)).toBe('item 12');
  });

  it('of a likeness means what that name would', () => {
    for (const one of values({ like: 'email' })) expect(one).toMatch(/@example\./);
    for (const one of values({ like: 'rating' }, { type: INT })) expect([1, 2, 3, 4, 5]).toContain(one);
  });

  it('says how many rows have no value', () => {
    const share = (given: ColumnDescription, name = 'x') => {
      const { value } = madeColumn(world, name, { description: given, notNull: false });
      return rows(1000, (row) => value(row, 0)).filter((one) => one === null).length / 1000;
    };
    expect(share({ oneOf: ['a'], null: 0.5 })).toBeCloseTo(0.5, 1);
    expect(share({ null: 0 })).toBe(0);
    expect(share({ null: 1 }, 'email')).toBe(1);
    expect(share({ oneOf: ['a'] })).toBe(0);
  });

  it('can be a function of the row', () => {
    expect(values(({ row }) => row * 2, { type: INT }, 3)).toEqual([0, 2, 4]);
    const random = values(({ random }) => random(), { type: scalar('float8') }, 5) as number[];
    expect(values(({ random }) => random(), { type: scalar('float8') }, 5)).toEqual(random);
    expect(new Set(random).size).toBe(5);
  });

  const labels = { kind: 'enum', name: 'role', labels: ['admin', 'member'] } as const;
  it.each<readonly [string, ColumnDescription, Given, string, string]>([
    ['a label that is none', 'owner', { type: labels }, 'owner', 'one of admin, member'],
    ['no number', 'many', { type: INT }, 'many', 'a number'],
    ['no date', 'soon', { type: MOMENT }, 'soon', 'a date in ISO 8601'],
    ['no duration', { past: 'long' }, { type: MOMENT }, 'past: long', 'a duration such as 2y'],
    ['a time of a text', { past: '2y' }, {}, 'past: a column of type text', 'is for dates'],
    ['a wrong order', { between: [9, 1] }, { type: INT }, 'between: [9, 1]', 'the smaller one comes first'],
    ['bounds of a text', { between: [1, 2] }, {}, 'between of a column of type text', 'is for numbers'],
    [
      'bounds beyond the checks',
      { between: [1, 2] },
      { type: INT, domain: { min: { value: 5, inclusive: true } } },
      'leaves nothing',
      'other values',
    ],
    ['an unknown function', { faker: 'company.nam' }, {}, 'faker: company.nam', 'did you mean `company.name`'],
    ['an unknown column', { template: '{y}' }, {}, 'template: {y}', 'no such column'],
    ['an unknown meaning', { like: 'qqqq' }, {}, 'like: qqqq', 'no such meaning'],
    [
      'a meaning of another type',
      { like: 'email' },
      { type: INT },
      'like: email of a column of type int4',
      'another meaning',
    ],
    ['a pattern of a number', { pattern: '[a-z]' }, { type: INT }, 'pattern', 'is for text'],
    ['text that is too long', 'abc', { type: scalar('varchar', { length: 2 }) }, 'abc', 'at most 2 characters'],
    ['null where none may be', null, {}, 'null', 'a value'],
    ['nulls where none may be', { null: 0.5 }, {}, 'must have a value', 'leave `null` out'],
  ])('of %s is refused', (_, description, given, said, wanted) => {
    let refused: unknown;
    try {
      values(description, given, 1);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ name: 'UserError', code: 'usage' });
    const { message, hints } = refused as { message: string; hints: readonly string[] };
    expect(message).toMatch(/^things\.x: /);
    expect(message).toContain(said);
    expect(hints.join(' ')).toContain(wanted);
  });

  it('of a type that is not known here leaves the column out', () => {
    expect(
      madeTable(world, 'things', { x: { type: { kind: 'other', name: 'odd' }, notNull: false } }).generators.size,
    ).toBe(0);
    expect(values('(1)', { type: { kind: 'other', name: 'odd' } }, 1)).toEqual(['(1)']);
    expect(madeTable(world, 'things', { x: { type: TEXT } }).generators.size).toBe(1);
  });
});
