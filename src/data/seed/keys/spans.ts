import { quotedName, type Table } from '../schema.ts';

/** Two columns that an exclusion constraint makes a range of, which must not overlap: `tstzrange(starts_at, ends_at)`. */
export interface Span {
  readonly lower: string;
  readonly upper: string;
}

const NAME = '("(?:[^"]|"")+"|[\\p{L}_][\\p{L}\\p{N}_$]*)';
/** As Postgres prints it. A bound that may be missing, which is none: `COALESCE(ends_at, 'infinity'::…)`. */
const BOUND = `(?:${NAME}|COALESCE\\(${NAME}, '[^']*'::[a-z ]+\\))`;
const RANGE = new RegExp(`^(?:${NAME}\\.)?[a-z0-9_]*range\\(${BOUND}, ${BOUND}(?:, '[[(][\\])]'::text)?\\)$`, 'u');

/** Null for parts that are anything else. */
export function spanOf(
  { columns }: Table,
  part: { readonly column: string } | { readonly expression: string },
): Span | null {
  const [, , ...names] = ('expression' in part && RANGE.exec(part.expression)) || [];
  const [lower, upper] = names.flatMap((name) =>
    name === undefined ? [] : columns.filter((one) => one.name === name || quotedName(one.name) === name),
  );
  return lower && upper && lower !== upper ? { lower: lower.name, upper: upper.name } : null;
}

/** Those of a table, each once. */
export function spansOf(table: Table): readonly Span[] {
  const found = table.exclusions.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.operator === '&&' ? (spanOf(table, part) ?? []) : [])),
  );
  return [...new Map(found.map((span) => [JSON.stringify(span), span])).values()];
}
