import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fits } from '../../../../../src/data/seed/checks/fits.ts';
import { ANY, type Domain } from '../../../../../src/data/seed/domain.ts';
import type { World } from '../../../../../src/data/seed/values/index.ts';
import { scalar } from '../schema-of.ts';
import { english, madeColumn, madeTable, rows } from './columns.ts';

let world: World;
beforeAll(async () => {
  world = await english();
});

const NAMES = [
  ...['email', 'username', 'slug', 'name', 'title', 'sku', 'code', 'phone', 'city', 'country_code', 'company', 'url'],
  ...[
    'description',
    'file_name',
    'avatar_url',
    'domain',
    'token',
    'iban',
    'ean',
    'status',
    'version',
    'hash',
    'anything',
  ],
];

describe('texts', () => {
  it.each(NAMES)('of a unique %s all differ, in more than case and blanks', (name) => {
    for (const [length, wanted] of [
      [null, 20_000],
      [64, 2000],
      [20, 2000],
      [12, 2000],
    ] as const) {
      const distinct = madeColumn(world, name, { type: scalar('varchar', { length }) }).distinct;
      const count = Math.min(wanted, distinct?.size ?? 0);
      expect(count).toBe(wanted);
      const texts = rows(count, (index) => String(distinct?.at(index)));
      expect(new Set(texts.map((text) => text.trim().toLowerCase())).size).toBe(count);
      expect(texts.filter((text) => text.length > (length ?? 1000))).toEqual([]);
    }
  });

  it('with little room are codes of all letters and digits', () => {
    for (const length of [1, 2, 3]) {
      const { distinct } = madeColumn(world, 'country_code', { type: scalar('bpchar', { length }) });
      const count = Math.min(2000, distinct?.size ?? 0);
      const texts = rows(count, (index) => String(distinct?.at(index)));
      expect(new Set(texts.map((text) => text.toLowerCase())).size).toBe(count);
      expect(Math.max(...texts.map((text) => text.length))).toBe(length);
    }
    const { distinct } = madeColumn(world, 'country_code', { type: scalar('bpchar', { length: 2 }) });
    expect(rows(3, (index) => distinct?.at(index))).toEqual(['AD', 'AE', 'AF']);
  });

  it('have the lengths that are asked for', () => {
    const lengths = fc.record({ least: fc.nat(40), more: fc.nat(60) });
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), lengths, (name, { least, more }) => {
        const domain: Domain = { ...ANY, minLength: least, maxLength: Math.max(1, least + more) };
        const { value, distinct } = madeColumn(world, name, { domain });
        const all = [...rows(20, (row) => value(row, 0)), ...rows(20, (row) => distinct?.at(row) ?? null)];
        expect(all.filter((one) => !fits(one, domain))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('leave out what a check excludes', () => {
    const domain = { noneOf: ['', 'Automotive', 'baby'] };
    const { value, distinct } = madeColumn(world, 'name', { domain }, 'categories');
    const all = [...rows(300, (row) => value(row, 0)), ...rows(300, (index) => distinct?.at(index))];
    expect(all).not.toContain('Automotive');
    expect(new Set(rows(300, (index) => distinct?.at(index))).size).toBe(300);
  });

  it('fit patterns: by their meaning where that does, else made after the pattern', () => {
    const patterns = (source: string, kind: 'regex' | 'like' = 'regex') => [
      { kind, source, ignoreCase: false, negated: false },
    ];
    const slug = madeTable(world, 'posts', {
      title: {},
      slug: { domain: { patterns: patterns('^[a-z0-9]+(-[a-z0-9]+)*$') }, unique: true },
      email: { domain: { patterns: patterns('%@example.com', 'like') } },
      code: { domain: { patterns: patterns('^[A-Z]{2}[0-9]{4}$') }, unique: true },
    });
    for (const row of rows(50, (one) => one)) {
      expect(slug.value('slug', row)).toBe(
        `${String(slug.value('title', row))
          .toLowerCase()
          .replaceAll(/[^a-z\d]+/g, '-')}-${row + 1}`,
      );
      expect(slug.value('email', row)).toMatch(/@example\.com$/);
      expect(slug.value('code', row)).toMatch(/^[A-Z]{2}[0-9]{4}$/);
    }
    expect(new Set(rows(2000, (row) => slug.value('code', row))).size).toBe(2000);
  });
});
