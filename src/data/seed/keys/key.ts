import { baseOf, type Exclusion, quotedName, type Table, type Unique } from '../schema.ts';
import { spanOf } from './spans.ts';

/** A unique or exclusion constraint, as far as that matters here. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  readonly predicate: string | null;
  /**
   * Of an exclusion constraint: whether differing columns and ranges that lie apart are enough, or whether it compares in
   * other ways, so that Postgres itself has to say which rows go together. Null of a unique one.
   */
  readonly exclusion: 'plain' | 'other' | null;
  /** Column of a range that must not overlap; of two columns that a range is made of the lower one, which has a place for both. */
  readonly overlapping: string | null;
  /**
   * Of a unique constraint that is about what the server computes: the SQL of its parts. Rows that differ in all columns may
   * be the same in it.
   */
  readonly computed: readonly string[] | null;
}

export function keysOf(table: Table): readonly Key[] {
  return [
    ...table.uniques.map((unique) => keyOfUnique(table, unique)),
    ...table.exclusions.map((one) => keyOfExclusion(table, one)),
  ];
}

function keyOfUnique(table: Table, { name, parts, predicate }: Unique): Key {
  return {
    name,
    columns: [...new Set(columnsIn(table, parts).flatMap((column) => madeOf(table, column)))],
    predicate,
    exclusion: null,
    overlapping: null,
    computed: parts.some((part) => !('column' in part) || isComputed(table, part.column))
      ? parts.map((part) => ('column' in part ? quotedName(part.column) : part.expression))
      : null,
  };
}

function keyOfExclusion(table: Table, { name, parts, predicate }: Exclusion): Key {
  const overlapping = parts.find((part) => part.operator === '&&');
  const span = overlapping ? spanOf(table, overlapping) : null;
  const [column] = span ? [span.lower] : overlapping ? columnsIn(table, [overlapping]) : [];
  return {
    name,
    columns: columnsIn(table, parts).filter((one) => one !== span?.upper),
    predicate,
    exclusion: isPlain(table, parts) ? 'plain' : 'other',
    overlapping: column ?? null,
    computed: null,
  };
}

/** Whether it is of nothing but what is equal, and at most one range, or two columns that are one. */
function isPlain(table: Table, parts: Exclusion['parts']): boolean {
  const others = parts.filter(({ operator }) => operator !== '=');
  const isRange = (part: (typeof parts)[number]): boolean =>
    'column' in part && table.columns.some(({ name, type }) => name === part.column && baseOf(type).kind === 'range');
  return others.length <= 1 && others.every((part) => part.operator === '&&' && (isRange(part) || spanOf(table, part)));
}

function isComputed({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name === name && column.generated);
}

/** What a generated column is computed from, any other column itself. */
function madeOf(table: Table, name: string): readonly string[] {
  const expression = table.columns.find((column) => column.name === name && column.generated)?.default;
  return expression ? columnsIn(table, [{ expression }]) : [name];
}

/** Columns that an expression names. */
export function columnsOf(table: Table, expression: string): readonly string[] {
  return columnsIn(table, [{ expression }]);
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
