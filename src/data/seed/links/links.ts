import { Draws } from '../../../lib/draws.ts';
import { referenced } from '../order.ts';
import { permutation } from '../permutation.ts';
import { type ForeignKey, type Table, tableName } from '../schema.ts';
import type { Value } from '../value.ts';
import { dealtTo, type PerParent } from './counts.ts';

/** The rows that a foreign key may lead to: those that were there, by what is known of them, then the new ones. */
export interface Parent {
  readonly existing: number;
  readonly total: number;
  /** A column of the parent that a foreign key names. */
  key(index: number, column: string): Value;
  /** Whether it records migrations: it gets no rows unless it is named. */
  readonly ledger: boolean;
  /** Whether a column that is referenced may be without a value: nothing can lead to such a row. */
  readonly mayLack: boolean;
  /** Changes when values do. */
  version(): number;
  /** When a row came to be, in milliseconds since 1970; null where its table doesn't say, or follows from this one. */
  readonly born: ((index: number) => number | null) | null;
}

/** One foreign key of a table, and how its rows choose the row that they lead to. */
export interface Link {
  readonly key: ForeignKey;
  readonly parent: Parent;
  /** Index of a row of the parent; NOBODY for a reference that is left empty. */
  pick(row: number, attempt: number): number;
  /** Whether a row must lead somewhere and found nobody that agrees with what other keys have decided; null: that can't be. */
  readonly lost: ((row: number, attempt: number) => boolean) | null;
}

export const NOBODY = -1;

export interface LinkChoice {
  readonly table: Table;
  readonly key: ForeignKey;
  readonly parent: Parent;
  readonly seed: number | string;
  /** Number of the first new row. */
  readonly first: number;
  /** The parents that have nobody yet, where each may have one; null where any parent will do. */
  readonly free: readonly number[] | null;
  /** Where children are dealt to parents by this key. */
  readonly perParent: PerParent | null;
  /** What a unique key wants of a row, if any. */
  readonly wanted: (row: number, attempt: number) => number | null;
  /** Whether it must be, must not be, or may be empty, in a row. */
  readonly emptiness: (row: number, attempt: number) => 'free' | 'never' | 'always';
  /** Of a key to its own table: whether to rows that come before or after it. */
  readonly direction: 'before' | 'after';
  /** Whether some rows may lead nowhere. */
  readonly mayEnd: boolean;
  /** Columns that links before this one decide, with their values. */
  readonly decided: { readonly columns: readonly string[]; readonly of: (column: string, row: number) => Value };
}

/** How many references are left empty where they may be. */
const EMPTY_SHARE = 0.1;
/** Of a tree: how many rows have nobody above them. */
const ROOT_SHARE = 0.15;
/** How often another parent is looked for than one that nothing can lead to. */
const TRIES = 50;
/** A few parents have many children: u^SKEW of the parents. */
const SKEW = 1.7;

export function makeLink(choice: LinkChoice): Link {
  const { table, key, parent, seed, first, perParent, wanted, emptiness } = choice;
  const self = referenced(key) === tableName(table);
  const draws = new Draws(seed, table.schema, table.name, key.name, 'link');
  const scattered = permutation(parent.total, `${seed}\0${table.schema}\0${table.name}\0${key.name}`);
  const among = choice.decided.columns.length > 0 ? agreeing(choice) : null;
  const whole = (next: () => number): number => {
    if (!parent.mayLack) return next();
    for (let tried = 0; tried < TRIES; tried += 1) {
      const index = next();
      if (index === NOBODY || key.references.columns.every((column) => parent.key(index, column) !== null))
        return index;
    }
    return NOBODY;
  };
  const free = (row: number, attempt: number): number => {
    const empty = emptiness(row, attempt);
    draws.at(row, attempt);
    if (empty === 'always') return NOBODY;
    if (empty === 'free' && draws.chance(self ? ROOT_SHARE : EMPTY_SHARE)) return NOBODY;
    if (among) {
      const fitting = among(row);
      return fitting.length > 0 ? (fitting[draws.below(fitting.length)] ?? NOBODY) : NOBODY;
    }
    if (self && choice.direction === 'after') {
      const next = parent.existing + row - first + 1;
      return next < parent.total ? draws.between(next, parent.total - 1) : NOBODY;
    }
    if (self) {
      const before = parent.existing + row - first;
      if (before > 0) return draws.below(before);
      return empty === 'never' ? before : NOBODY;
    }
    return whole(() => (parent.total === 0 ? NOBODY : scattered(Math.floor(parent.total * draws.unit() ** SKEW))));
  };
  /** Of what leads to each row once: what is begun anew may lead nowhere instead, which goes with everything else. */
  const isLeftEmpty = (row: number, attempt: number): boolean => {
    const empty = emptiness(row, attempt);
    return empty === 'always' || (empty === 'free' && attempt > 0 && draws.at(row, attempt).chance(0.5));
  };
  // What leads to each row of its own table once is a chain: in a circle nothing would come first.
  const chained = self && key.columns.length === 1 && choice.mayEnd;
  const neighbour = (row: number, attempt: number): number => {
    const index = row - first + (choice.direction === 'after' ? 1 : -1);
    const isThere = index >= 0 && parent.existing + index < parent.total;
    const isRoot = emptiness(row, attempt) === 'free' && draws.at(row, attempt).chance(ROOT_SHARE);
    return isThere && !isRoot ? parent.existing + index : NOBODY;
  };
  const pick = (row: number, attempt: number): number => {
    if (perParent) return dealtTo(perParent, row - first).parent;
    const asked = wanted(row, attempt);
    if (asked === null) return free(row, attempt);
    if (isLeftEmpty(row, attempt)) return NOBODY;
    if (chained) return neighbour(row, attempt);
    if (choice.free) return choice.free[asked] ?? NOBODY;
    // Who was there first has its children already: the new ones come first.
    return (parent.existing + asked) % parent.total;
  };
  const lost = (row: number, attempt: number): boolean =>
    emptiness(row, attempt) === 'never' && pick(row, attempt) === NOBODY;
  return { key, parent, pick, lost: among ? lost : null };
}

/** Whether a foreign key leads to each row once at most, because its columns are unique. */
export function isOneToOne({ uniques }: Table, { columns }: ForeignKey): boolean {
  return uniques.some(
    ({ parts, predicate }) =>
      predicate === null &&
      parts.length === columns.length &&
      parts.every((part) => 'column' in part && columns.includes(part.column)),
  );
}

/**
 * The parents that no row leads to yet, new ones first, of a key that leads to each one once; null where there are no rows
 * from before, or where it may lead to one more often.
 */
export function freeParents(
  table: Table,
  key: ForeignKey,
  parent: Parent,
  taken: ReadonlySet<string>,
): readonly number[] | null {
  if (table.rows === 0 || !isOneToOne(table, key)) return null;
  const made = Array.from({ length: parent.total - parent.existing }, (_, index) => parent.existing + index);
  const known = Array.from({ length: parent.existing }, (_, index) => index);
  const isFree = (index: number): boolean =>
    !taken.has(JSON.stringify(key.references.columns.map((column) => parent.key(index, column))));
  return [...made, ...known.filter(isFree)];
}

/** The parents that agree with what is decided: an index over all of them, made when it is asked for. */
function agreeing({ key, parent, decided }: LinkChoice): (row: number) => readonly number[] {
  let index: Map<string, number[]> | null = null;
  let version = -1;
  const theirs = decided.columns.map((column) => key.references.columns[key.columns.indexOf(column)] as string);
  const build = (): Map<string, number[]> => {
    const made = new Map<string, number[]>();
    for (let at = 0; at < parent.total; at += 1) {
      const text = JSON.stringify(theirs.map((column) => String(parent.key(at, column))));
      const list = made.get(text);
      if (list) list.push(at);
      else made.set(text, [at]);
    }
    return made;
  };
  return (row) => {
    if (!index || version !== parent.version()) {
      version = parent.version();
      index = build();
    }
    return index.get(JSON.stringify(decided.columns.map((column) => String(decided.of(column, row))))) ?? [];
  };
}
