import type { Alternative } from '../domain.ts';
import type { Generator } from '../generator.ts';
import { generatorOf } from '../values/index.ts';
import { domainOf } from './alternatives.ts';
import type { TableInput } from './table-input.ts';
import type { Cell } from './table-rows.ts';

interface Facts {
  /** Columns that foreign keys decide. */
  readonly linked: ReadonlySet<string>;
  /** Columns that are never NULL, whatever the checks say. */
  readonly filled: ReadonlySet<string>;
  readonly cell: Cell;
}

/** For each column that no key decides one generator for each alternative; none where nothing can be made. */
export function generatorsOf(
  { table, world, description, parts, pairs }: TableInput,
  alternatives: readonly Alternative[],
  { linked, filled, cell }: Facts,
): ReadonlyMap<string, readonly Generator[]> {
  const found = new Map<string, readonly Generator[]>();
  for (const column of table.columns) {
    if (column.generated || linked.has(column.name) || pairs.has(column.name)) continue;
    const described = description?.columns?.[column.name];
    const made = alternatives.map((one) => {
      const domain = domainOf(one, column, filled);
      return generatorOf({ table, column, domain, description: described, other: cell, parts }, world);
    });
    if (made.every((one): one is Generator => one !== null)) found.set(column.name, made);
  }
  return found;
}

/**
 * Whether a column's domain is the same in all alternatives: where it isn't, values that differ within each may be equal
 * across them.
 */
export function isSameEverywhere(alternatives: readonly Alternative[], column: string): boolean {
  const [first, ...rest] = alternatives.map(({ domains }) => JSON.stringify(domains.get(column) ?? null));
  return rest.every((one) => one === first);
}
