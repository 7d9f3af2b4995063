import { type Exclusion, quotedName, type Table, type Unique } from '../schema.ts';

/** A unique or exclusion constraint, as far as that matters here. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  readonly predicate: string | null;
  /** Column of a range that must not overlap. */
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
    overlapping: null,
    computed: parts.some((part) => !('column' in part) || isComputed(table, part.column))
      ? parts.map((part) => ('column' in part ? quotedName(part.column) : part.expression))
      : null,
  };
}

function keyOfExclusion(table: Table, { name, parts, predicate }: Exclusion): Key {
  const overlapping = parts.find((part) => part.operator === '&&');
  const [column] = overlapping ? columnsIn(table, [overlapping]) : [];
  return {
    name,
    columns: columnsIn(table, parts),
    predicate,
    overlapping: column ?? null,
    computed: null,
  };
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
