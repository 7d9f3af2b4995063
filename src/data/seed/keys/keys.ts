import { type Exclusion, quotedName, type Table, type Unique } from '../schema.ts';

/**
 * How a table's unique and exclusion constraints are fulfilled by construction. A column that is `distinct` takes another
 * value in each row. A tuple takes another combination in each row: the row's number in mixed radix, a digit for each
 * component. What can't be assured so is tried and remembered, row by row (`settle.ts`).
 */
export interface Keys {
  readonly distinct: ReadonlySet<string>;
  readonly tuples: readonly Tuple[];
  readonly unassured: readonly Key[];
  readonly all: readonly Key[];
  /** Columns that count up. */
  readonly counting: ReadonlySet<string>;
}

/** A unique or exclusion constraint, as far as that matters here. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  readonly predicate: string | null;
  /** Column of a range that must not overlap. */
  readonly overlapping: string | null;
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

export function keysOf(table: Table): readonly Key[] {
  return [
    ...table.uniques.map((unique) => keyOfUnique(table, unique)),
    ...table.exclusions.map((one) => keyOf(table, one)),
  ];
}

export function decideKeys(table: Table, facts: KeyFacts): Keys {
  const distinct = new Set(facts.counting);
  const tuples: Tuple[] = [];
  const unassured: Key[] = [];
  const taken = new Set<string>();
  // Few columns first: what they settle, wider keys get for nothing. Partial ones last, which want least.
  const keys = [...keysOf(table)].sort((a, b) => rank(a) - rank(b));
  for (const key of keys) {
    if (key.columns.some((column) => distinct.has(column) && (key.overlapping === null || column === key.overlapping)))
      continue;
    if (key.overlapping === null && tuples.some((tuple) => tuple.key.predicate === null && within(tuple.key, key)))
      continue;
    const components = componentsOf(key, facts, taken);
    const alone = components.find(
      (one) => one.kind === 'column' && one.size >= PLENTY && !(ownedBy(key, facts) && facts.isNumber(one.column)),
    );
    if (alone?.kind === 'column') {
      distinct.add(alone.column);
      taken.add(alone.column);
      continue;
    }
    const owner = ownedBy(key, facts) ? facts.owner : null;
    const capacity = components.reduce((product, { size }) => product * size, 1);
    if (capacity < 1 || (components.length === 0 && !(owner !== null && key.predicate !== null))) {
      unassured.push(key);
      continue;
    }
    for (const one of components) for (const column of columnsOf(one, facts)) taken.add(column);
    tuples.push({ key, components: inOrder(components), owner, capacity });
  }
  return { distinct, tuples, unassured, all: keys, counting: facts.counting };
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

function keyOfUnique(table: Table, { name, parts, predicate }: Unique): Key {
  return {
    name,
    columns: columnsIn(table, parts),
    predicate,
    overlapping: null,
  };
}

function keyOf(table: Table, { name, parts, predicate }: Exclusion): Key {
  const overlapping = parts.find((part) => part.operator === '&&');
  const [column] = overlapping ? columnsIn(table, [overlapping]) : [];
  return {
    name,
    columns: columnsIn(table, parts),
    predicate,
    overlapping: column ?? null,
  };
}

/** The columns that are named, also inside of expressions: quoted where Postgres would quote them, else as a word. */
function columnsIn(
  { columns }: Table,
  parts: readonly ({ readonly column: string } | { readonly expression: string })[],
): readonly string[] {
  const named = parts.flatMap((part) => {
    if ('column' in part) return [part.column];
    const words = new Set(
      part.expression.replace(/'(?:[^']|'')*'/g, '').match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [],
    );
    return columns.map(({ name }) => name).filter((name) => words.has(name) || words.has(quotedName(name)));
  });
  return [...new Set(named)];
}
