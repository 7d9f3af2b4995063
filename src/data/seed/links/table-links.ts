import { UserError } from '../../../core/errors.ts';
import type { Rules } from '../domain.ts';
import type { Numbering } from '../keys/numbering.ts';
import { referenced } from '../order.ts';
import { type Column, type ForeignKey, type Table, tableName } from '../schema.ts';
import { domainOf } from '../table/alternatives.ts';
import type { TableInput } from '../table/table-input.ts';
import type { Value } from '../value.ts';
import type { PerParent } from './counts.ts';
import { type Link, makeLink, type Parent } from './links.ts';

/**
 * The foreign keys that decide columns: the widest first, because what a narrow one shares with it then follows, and those
 * that must lead somewhere before those that may. A column whose values somebody described is left to them.
 */
export function linkedKeys({ table, description, undecided }: TableInput): readonly ForeignKey[] {
  const described = new Set(Object.keys(description?.columns ?? {}));
  const generated = new Set(table.columns.flatMap(({ name, generated }) => (generated ? [name] : [])));
  const nullable = new Set(table.columns.flatMap(({ name, notNull }) => (notNull ? [] : [name])));
  const nullables = ({ columns }: ForeignKey): number => columns.filter((column) => nullable.has(column)).length;
  const decided = new Set<string>();
  return [...table.foreignKeys]
    .sort((a, b) => b.columns.length - a.columns.length || nullables(a) - nullables(b) || (a.name < b.name ? -1 : 1))
    .filter((key) => {
      const columns = key.columns.filter((column) => !undecided.get(key)?.has(column));
      if (key.columns.some((column) => described.has(column) || generated.has(column))) return false;
      if (columns.every((column) => decided.has(column))) return false;
      for (const column of columns) decided.add(column);
      return true;
    });
}

/** Of each key in turn the columns that it decides; the rest others have decided. */
export function ownColumns(
  { undecided }: Pick<TableInput, 'undecided'>,
  foreign: readonly ForeignKey[],
): readonly (readonly string[])[] {
  const decided = new Set<string>();
  return foreign.map((key) => {
    const own = key.columns.filter((column) => !decided.has(column) && !undecided.get(key)?.has(column));
    for (const column of own) decided.add(column);
    return own;
  });
}

/** Which foreign key children are dealt by. */
export function ownerOf({ table, description }: TableInput, foreign: readonly ForeignKey[]): number | null {
  const parent = description?.perParent?.table;
  if (parent === undefined) return null;
  const found = foreign.findIndex((key) => referenced(key) === parent || key.references.table === parent);
  if (found >= 0) return found;
  throw new UserError(
    `${tableName(table)}: no foreign key leads to ${parent}, whose rows were to have some of it each`,
    {
      code: 'usage',
      hints: [`Its foreign keys lead to: ${foreign.map(referenced).join(', ') || 'nothing'}.`],
    },
  );
}

export interface MakingLinks {
  readonly input: TableInput;
  readonly foreign: readonly ForeignKey[];
  readonly parents: readonly Parent[];
  /** Of each key the parents that have nobody yet, where that matters. */
  readonly free: readonly (readonly number[] | null)[];
  readonly perParent: PerParent | null;
  readonly owner: number | null;
  readonly numbering: Numbering;
  readonly alternatives: Rules['alternatives'];
  readonly chosen: (row: number, attempt: number) => number;
  readonly filled: ReadonlySet<string>;
  readonly cell: (column: string, row: number) => Value;
}

/** The links of a table, in the order of their foreign keys. */
export function makeLinks(making: MakingLinks): readonly Link[] {
  const { input, foreign, parents, free, perParent, owner, numbering, alternatives, chosen, filled, cell } = making;
  const { table, world } = input;
  return ownColumns(input, foreign).map((own, index) => {
    const key = foreign[index] as ForeignKey;
    const shared = key.columns.filter((column) => !own.includes(column));
    const columns = own.map((name) => table.columns.find((column) => column.name === name) as Column);
    const perAlternative = alternatives.map((one) => {
      const nullables = columns.map((column) => domainOf(one, column, filled).nullable);
      if (nullables.includes('never')) return 'never';
      return nullables.includes('always') ? 'always' : 'free';
    });
    const parent = parents[index] as Parent;
    if (
      parent.total === 0 &&
      perAlternative.every((one) => one === 'never') &&
      referenced(key) !== tableName(table) &&
      input.rows > 0
    ) {
      throw withoutParents(table, key);
    }
    return makeLink({
      table,
      key,
      parent,
      seed: world.seed,
      first: table.rows,
      free: free[index] ?? null,
      perParent: index === owner ? perParent : null,
      wanted: (row, attempt) => numbering.ofLink(index, row, attempt),
      emptiness: (row, attempt) => perAlternative[chosen(row, attempt)] ?? 'free',
      decided: { columns: shared, of: cell },
    });
  });
}

function withoutParents(table: Table, key: ForeignKey): UserError {
  const parent = referenced(key);
  return new UserError(`${tableName(table)} needs rows of ${parent}, which has none and gets none`, {
    code: 'usage',
    hints: [`Say how many ${parent} gets: tables: { ${parent}: { rows: 100 } }`],
  });
}
