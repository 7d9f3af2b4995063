import type { Operator } from './operator.ts';
import type { Value } from './value.ts';

/**
 * What CHECK constraints leave of a column, as far as it is known from the column alone. Numbers are in the unit of the
 * column's type (see Value). All of it holds at once, of values that are there: whether NULL may stand instead is `nullable`.
 *
 * Of a range, `min` is the earliest that its lower bound may be, `max` the latest of its upper bound; infinite ones ask for a
 * bound, whichever; and a `minLength` of 1 says that it isn't empty.
 */
export interface Domain {
  readonly nullable: 'free' | 'never' | 'always';
  readonly min: Bound | null;
  readonly max: Bound | null;
  /** Nothing else than these; null: anything. */
  readonly oneOf: readonly Value[] | null;
  readonly noneOf: readonly Value[];
  /** In characters; of arrays in elements; of bytea in bytes. */
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly patterns: readonly Pattern[];
  /** value % divisor = remainder, of whole numbers. */
  readonly modulo: readonly { readonly divisor: number; readonly remainder: number }[];
  /** What jsonb_typeof gives: object, array, string, number, boolean, null. */
  readonly jsonType: string | null;
}

export interface Bound {
  readonly value: number;
  readonly inclusive: boolean;
}

export interface Pattern {
  /** `regex`: POSIX as Postgres has it; `like`: with % and _. */
  readonly kind: 'regex' | 'like';
  readonly source: string;
  readonly ignoreCase: boolean;
  readonly negated: boolean;
}

export const ANY: Domain = {
  nullable: 'free',
  min: null,
  max: null,
  oneOf: null,
  noneOf: [],
  minLength: null,
  maxLength: null,
  patterns: [],
  modulo: [],
  jsonType: null,
};

/** One way to fulfil all that was understood of a table's checks: a domain for each column it names, and comparisons. */
export interface Alternative {
  readonly domains: ReadonlyMap<string, Domain>;
  readonly comparisons: readonly Comparison[];
}

/**
 * Between two columns whose values are numbers (see Value): left operator right + offset. Where one of them is NULL, nothing
 * is asked of the other.
 */
export interface Comparison {
  readonly left: string;
  readonly operator: Operator;
  readonly right: string;
  readonly offset: number;
}

/** What is to hold for a table's rows. */
export interface Rules {
  /** At least one; each row follows one of them. Without checks it is one that demands nothing. */
  readonly alternatives: readonly Alternative[];
  /** Beyond what is understood: Postgres judges the rows that were made. */
  readonly judged: readonly { readonly name: string; readonly expression: string; readonly why: string }[];
}
