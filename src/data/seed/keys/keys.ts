import type { Table } from '../schema.ts';
import { type Key, keysOf } from './key.ts';

/**
 * How a table's unique and exclusion constraints are fulfilled by construction. A column that is `distinct` takes another
 * value in each row. A tuple takes another combination in each row: the row's number in mixed radix, a digit for each
 * component. What can't be assured so is tried and remembered, row by row (`settle.ts`).
 */
export interface Keys {
  readonly distinct: ReadonlySet<string>;
  readonly tuples: readonly Tuple[];
  readonly unassured: readonly Key[];
  /** Of those that are about what the server computes: what Postgres says of each row. */
  readonly judged: readonly Key[];
  readonly all: readonly Key[];
  /** Columns that count up. */
  readonly counting: ReadonlySet<string>;
}

export interface Tuple {
  readonly key: Key;
  readonly components: readonly Component[];
  /** The link whose parents have children dealt to them, if it is a part of the key: the digits count on within a parent. */
  readonly owner: number | null;
  /** How many combinations there are; with an owner, for each of its rows. */
  readonly capacity: number;
}

export type Component =
  | { readonly kind: 'link'; readonly link: number; readonly size: number }
  | { readonly kind: 'column'; readonly column: string; readonly size: number };

/** What deciding about keys asks of a table's columns. */
export interface KeyFacts {
  /** Foreign keys in the order of their links, with how many rows they may lead to; bound, if others have a say in it. */
  readonly links: readonly { readonly columns: readonly string[]; readonly size: number; readonly bound?: boolean }[];
  /** Link that children are dealt by. */
  readonly owner: number | null;
  /** Columns that count up. */
  readonly counting: ReadonlySet<string>;
  /** How many different values a column can have, 0 if they can't be counted. */
  readonly sizeOf: (column: string) => number;
  /** Whether its values are numbers in Value: those may begin anew for each parent. */
  readonly isNumber: (column: string) => boolean;
}

/** From here on a column alone has room for every row. */
const PLENTY = 2 ** 31;
/** More rows than tables get that several keys keep apart. */
const MANY = 2 ** 20;

/** Decides for each key of a table how it is fulfilled. */
export function decideKeys(table: Table, facts: KeyFacts): Keys {
  const distinct = new Set(facts.counting);
  const tuples: Tuple[] = [];
  const unassured: Key[] = [];
  const taken = new Set<string>();
  // Few columns first: what they settle, wider keys get for nothing. Partial ones last, which want least.
  const all = [...keysOf(table)].sort((a, b) => rank(a) - rank(b));
  for (const column of overlappingTwice(all, facts)) {
    distinct.add(column);
    taken.add(column);
  }
  for (const key of all) {
    if (key.exclusion === 'other') {
      unassured.push(key);
      continue;
    }
    if (isSettled(key, distinct, tuples)) continue;
    const components = componentsOf(key, facts, taken);
    const alone = aloneEnough(key, components, facts);
    if (alone !== null) {
      distinct.add(alone);
      taken.add(alone);
      continue;
    }
    const tuple = tupleOf(key, components, facts);
    if (tuple) {
      for (const one of components) for (const column of columnsOf(one, facts)) taken.add(column);
      tuples.push(tuple);
    } else unassured.push(key);
  }
  return { distinct, tuples, unassured, judged: [], all, counting: facts.counting };
}

/** Ranges that several keys keep apart, of a room and of a teacher, take a place each that no other row has. */
function overlappingTwice(all: readonly Key[], { sizeOf }: KeyFacts): readonly string[] {
  const columns = all.flatMap(({ overlapping }) => overlapping ?? []);
  return [...new Set(columns)].filter(
    (column) => columns.indexOf(column) < columns.lastIndexOf(column) && sizeOf(column) >= MANY,
  );
}

/** Whether what was decided for other keys makes its rows differ as well. */
function isSettled(key: Key, distinct: ReadonlySet<string>, tuples: readonly Tuple[]): boolean {
  const { columns, overlapping } = key;
  if (columns.some((column) => distinct.has(column) && (overlapping === null || column === overlapping))) return true;
  const whole = tuples.filter((tuple) => tuple.key.predicate === null);
  if (overlapping === null) return whole.some((tuple) => within(tuple.key, key));
  return whole.some(
    ({ key: inner, components }) =>
      inner.columns.every((column) => columns.includes(column)) &&
      components.some((one) => one.kind === 'column' && one.column === overlapping),
  );
}

/** The column that can have another value in every row, whatever the rest of the key has. */
function aloneEnough(key: Key, components: readonly Component[], facts: KeyFacts): string | null {
  for (const one of components) {
    if (one.kind !== 'column' || one.size < PLENTY) continue;
    if (!ownedBy(key, facts) || !facts.isNumber(one.column)) return one.column;
  }
  return null;
}

/** Null where there are no combinations to count. */
function tupleOf(key: Key, components: readonly Component[], facts: KeyFacts): Tuple | null {
  const owner = ownedBy(key, facts) ? facts.owner : null;
  const capacity = components.reduce((product, { size }) => product * size, 1);
  // A row of each parent may be in a partial key that has no other column than the parent's.
  const empty = components.length === 0 && (owner === null || key.predicate === null);
  return capacity < 1 || empty ? null : { key, components: inOrder(components), owner, capacity };
}

function rank({ columns, predicate }: Key): number {
  return columns.length + (predicate === null ? 0 : 1000);
}

function within(inner: Key, outer: Key): boolean {
  return inner.overlapping === null && inner.columns.every((column) => outer.columns.includes(column));
}

function ownedBy({ columns }: Key, { links, owner }: KeyFacts): boolean {
  return owner !== null && (links[owner]?.columns.every((column) => columns.includes(column)) ?? false);
}

/** What of a key is still free to be chosen. Of a foreign key only when all of its columns are in it: else many rows share them. */
function componentsOf(key: Key, { links, owner, sizeOf }: KeyFacts, taken: ReadonlySet<string>): Component[] {
  const components: Component[] = [];
  const linked = new Set(links.flatMap(({ columns }) => columns));
  links.forEach(({ columns, size, bound }, link) => {
    const whole = columns.every((column) => key.columns.includes(column) && !taken.has(column));
    if (whole && link !== owner && bound !== true) components.push({ kind: 'link', link, size });
  });
  for (const column of key.columns) {
    if (linked.has(column) || taken.has(column)) continue;
    const size = sizeOf(column);
    if (size > 0) components.push({ kind: 'column', column, size });
    else if (key.overlapping === column) return [];
  }
  return components;
}

function columnsOf(component: Component, { links }: KeyFacts): readonly string[] {
  return component.kind === 'column' ? [component.column] : (links[component.link]?.columns ?? []);
}

/** Small ones change fastest; one without an end comes last. */
function inOrder(components: readonly Component[]): readonly Component[] {
  return [...components].sort((a, b) => a.size - b.size);
}

/** The digit of each component in a number. */
export function digitsOf({ components }: Tuple, number: number): readonly number[] {
  let rest = number;
  return components.map(({ size }) => {
    if (!Number.isFinite(size)) return rest;
    const digit = rest % size;
    rest = Math.floor(rest / size);
    return digit;
  });
}
