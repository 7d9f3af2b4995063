import { describe, expect, it } from 'vitest';
import type { Type } from '../../../../../src/data/seed/schema.ts';
import { scalar } from '../schema-of.ts';
import { english, type Given, madeTable, rows, TEXT } from './columns.ts';

const COLUMNS: Readonly<Record<string, Given>> = {
  id: { type: scalar('int4') },
  first_name: {},
  last_name: {},
  email: { unique: true },
  username: {},
  city: {},
  state: {},
  zip: {},
  price: { type: scalar('numeric', { precision: 10, scale: 2 }) },
  status: {},
  shipped_at: { type: scalar('timestamptz'), notNull: false },
  tags: { type: { kind: 'array', name: '_text', element: TEXT, dimensions: 2 } as Type },
  period: { type: { kind: 'range', name: 'tstzrange', subtype: scalar('timestamptz'), multi: false } as Type },
  code: { domain: { patterns: [{ kind: 'regex', source: '^[a-z]{3}$', ignoreCase: false, negated: false }] } },
  boss: { description: { template: '{first_name} of {city}' } },
  job: { description: { faker: 'person.jobTitle' } },
  extra: { type: scalar('jsonb') },
};

describe('a value', () => {
  it('is the same alone, in a run, backwards, and in whatever order columns are asked', async () => {
    const all = Object.keys(COLUMNS);
    const run = madeTable(await english(), 'orders', COLUMNS);
    const inOrder = rows(510, (row) => all.map((column) => run.text(column, row)));
    const alone = madeTable(await english(), 'orders', COLUMNS);
    expect(all.map((column) => alone.text(column, 500))).toEqual(inOrder[500]);
    const backwards = madeTable(await english(), 'orders', COLUMNS);
    const reversed = [...all].reverse();
    for (let row = 509; row >= 0; row -= 1) {
      expect(reversed.map((column) => backwards.text(column, row)).reverse()).toEqual(inOrder[row]);
    }
  });

  it('differs with the seed, and with another attempt at the row', async () => {
    const world = await english();
    const one = madeTable(world, 'orders', COLUMNS).generators.get('first_name');
    const other = madeTable({ ...world, seed: 'other' }, 'orders', COLUMNS).generators.get('first_name');
    const names = rows(100, (row) => one?.value(row, 0));
    expect(rows(100, (row) => other?.value(row, 0))).not.toEqual(names);
    expect(rows(100, (row) => one?.value(row, 1))).not.toEqual(names);
  });
});
