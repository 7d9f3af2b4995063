import type { ColumnDescription } from '../../../../../src/core/data/description.ts';
import { ANY, type Domain } from '../../../../../src/data/seed/domain.ts';
import type { Generator } from '../../../../../src/data/seed/generator.ts';
import type { Column, Type } from '../../../../../src/data/seed/schema.ts';
import type { Value } from '../../../../../src/data/seed/value.ts';
import { encode, generatorOf, loadWorld, type World } from '../../../../../src/data/seed/values/index.ts';
import { columnOf, scalar, tableOf } from '../schema-of.ts';

export const NOW = Date.UTC(2026, 0, 1);

export const english = () => loadWorld({ seed: 42, locale: 'en', now: NOW });

export const TEXT = scalar('text');

export interface Given {
  readonly type?: Type;
  readonly notNull?: boolean;
  readonly comment?: string;
  readonly default?: string;
  readonly domain?: Partial<Domain>;
  readonly description?: ColumnDescription;
  readonly unique?: boolean;
}

/** A table whose columns ask each other, as they do where rows are made. */
export function madeTable(world: World, name: string, given: Readonly<Record<string, Given>>) {
  const columns = Object.entries(given).map(([column, { type = TEXT, notNull = true, comment = null, ...one }]) =>
    columnOf(column, '', { type, notNull, comment, default: one.default ?? null }),
  );
  const table = tableOf(name, { columns });
  const generators = new Map<string, Generator>();
  const value = (column: string, row: number): Value => {
    const generator = generators.get(column) as Generator;
    return given[column]?.unique ? (generator.distinct?.at(row) ?? null) : generator.value(row, 0);
  };
  for (const column of columns) {
    const { domain, description } = given[column.name] as Given;
    const context = { table, column, domain: { ...ANY, ...domain }, description, other: value };
    const generator = generatorOf(context, world);
    if (generator) generators.set(column.name, generator);
  }
  /** As Postgres would read it; null is null. */
  const text = (column: string, row: number): string | null => {
    const made = value(column, row);
    return made === null ? null : encode((columns.find((one) => one.name === column) as Column).type, made);
  };
  return { table, generators, value, text };
}

/** The generator of one column alone. */
export function madeColumn(world: World, name: string, given: Given = {}, table = 'things'): Generator {
  const generator = madeTable(world, table, { [name]: given }).generators.get(name);
  if (!generator) throw new Error(`nothing is made for ${name}`);
  return generator;
}

export function rows<T>(count: number, make: (row: number) => T): T[] {
  return Array.from({ length: count }, (_, row) => make(row));
}
