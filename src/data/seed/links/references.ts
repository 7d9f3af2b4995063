import { UserError } from '../../../core/errors.ts';
import { referenced } from '../order.ts';
import { type ForeignKey, tableName } from '../schema.ts';
import type { TableInput } from '../table/table-input.ts';
import { freeParents, type Parent } from './links.ts';

/** The foreign keys of a table that decide columns, and what is known of each of them: all lists are in their order. */
export interface References {
  readonly keys: readonly ForeignKey[];
  readonly parents: readonly Parent[];
  /** The parents that have nobody yet, where that matters. */
  readonly free: readonly (readonly number[] | null)[];
  /** The columns that each key decides; the rest others before it have decided. */
  readonly own: readonly (readonly string[])[];
  /** Which of the keys children are dealt by; null where none are. */
  readonly owner: number | null;
}

export function referencesOf(input: TableInput): References {
  const keys = decidingKeys(input);
  const parents = keys.map((key) => input.parentOf(key));
  return {
    keys,
    parents,
    free: keys.map((key, index) => freeParents(input.table, key, parents[index] as Parent, input.taken(key.columns))),
    own: ownColumns(input, keys),
    owner: ownerOf(input, keys),
  };
}

/**
 * The foreign keys that decide columns: first the one that children are dealt by, whose parent nothing else may change; then
 * the widest, because what a narrow one shares with it then follows, and those that must lead somewhere before those that
 * may. A column whose values somebody described is left to them.
 */
function decidingKeys({ table, description, undecided }: TableInput): readonly ForeignKey[] {
  const described = new Set(Object.keys(description?.columns ?? {}));
  const generated = new Set(table.columns.flatMap(({ name, generated }) => (generated ? [name] : [])));
  const nullable = new Set(table.columns.flatMap(({ name, notNull }) => (notNull ? [] : [name])));
  const nullables = ({ columns }: ForeignKey): number => columns.filter((column) => nullable.has(column)).length;
  const owner = table.foreignKeys.find((key) => leadsTo(key, description?.perParent?.table));
  const isOwner = (key: ForeignKey): number => (key === owner ? 1 : 0);
  const decided = new Set<string>();
  return [...table.foreignKeys]
    .sort(
      (a, b) =>
        isOwner(b) - isOwner(a) ||
        b.columns.length - a.columns.length ||
        nullables(a) - nullables(b) ||
        (a.name < b.name ? -1 : 1),
    )
    .filter((key) => {
      const columns = key.columns.filter((column) => !undecided.get(key)?.has(column));
      if (key.columns.some((column) => described.has(column) || generated.has(column))) return false;
      if (columns.every((column) => decided.has(column))) return false;
      for (const column of columns) decided.add(column);
      return true;
    });
}

function ownColumns({ undecided }: TableInput, keys: readonly ForeignKey[]): readonly (readonly string[])[] {
  const decided = new Set<string>();
  return keys.map((key) => {
    const own = key.columns.filter((column) => !decided.has(column) && !undecided.get(key)?.has(column));
    for (const column of own) decided.add(column);
    return own;
  });
}

function ownerOf({ table, description }: TableInput, keys: readonly ForeignKey[]): number | null {
  const parent = description?.perParent?.table;
  if (parent === undefined) return null;
  const found = keys.findIndex((key) => leadsTo(key, parent));
  if (found >= 0) return found;
  throw new UserError(
    `${tableName(table)}: no foreign key leads to ${parent}, whose rows were to have some of it each`,
    {
      code: 'usage',
      hints: [`Its foreign keys lead to: ${keys.map(referenced).join(', ') || 'nothing'}.`],
    },
  );
}

function leadsTo(key: ForeignKey, parent: string | undefined): boolean {
  return referenced(key) === parent || key.references.table === parent;
}
