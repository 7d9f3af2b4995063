/**
 * What seeding knows of a database, read from its catalog. Tables are ordered by name. All SQL in it names what is outside
 * of pg_catalog with its schema: it means the same under any search path.
 */
export interface Schema {
  readonly tables: readonly Table[];
}

export interface Table {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[];
  /** The primary key, first, and every other unique constraint or unique index; one of several that say the same. */
  readonly uniques: readonly Unique[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly exclusions: readonly Exclusion[];
  /**
   * Of a partitioned table: one of these expressions has to hold, the constraint of each leaf
   * (pg_get_partition_constraintdef) and the checks that it has besides the table's; null where any row finds a partition.
   * Without partitions it is empty: nothing can be put in.
   */
  readonly partitions: readonly string[] | null;
  readonly partitioned: boolean;
  readonly comment: string | null;
  /** How many rows there are already, of partitioned tables in all partitions, else without those of tables that inherit. */
  readonly rows: number;
  /** Of triggers that fire on an insert and are enabled. */
  readonly triggers: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly type: Type;
  readonly notNull: boolean;
  /** As SQL, such as `now()`; of a generated column its expression. */
  readonly default: string | null;
  readonly identity: 'always' | 'by default' | null;
  /** Computed by the server: nothing can be written into it. */
  readonly generated: boolean;
  /** Sequence that gives the values; from an identity, `serial`, or a default that is `nextval(…)` alone. */
  readonly sequence: Sequence | null;
  readonly comment: string | null;
}

/** Its numbers as text: they go beyond what a number holds exactly. */
export interface Sequence {
  /** Quoted, with its schema, as setval takes it. */
  readonly name: string;
  readonly start: string;
  /** Negative where it counts down. */
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  /** Begins anew after its last number. */
  readonly cycle: boolean;
}

/** Names of scalar and other types are those in pg_type; the rest is named in SQL, quoted, with its schema. */
export type Type =
  | ScalarType
  | { readonly kind: 'enum'; readonly name: string; readonly labels: readonly string[] }
  | {
      readonly kind: 'domain';
      readonly name: string;
      readonly base: Type;
      readonly notNull: boolean;
      /** Their expressions say VALUE where those of tables name a column. */
      readonly checks: readonly Check[];
    }
  /** Any dimension: Postgres doesn't keep how many were declared but as attndims, which is a hint. */
  | { readonly kind: 'array'; readonly name: string; readonly element: Type; readonly dimensions: number }
  | { readonly kind: 'range'; readonly name: string; readonly subtype: Type; readonly multi: boolean }
  | { readonly kind: 'composite'; readonly name: string; readonly fields: readonly { name: string; type: Type }[] }
  /** A base type of an extension, such as `citext` or `vector`, or one that is not known here. */
  | { readonly kind: 'other'; readonly name: string };

export interface ScalarType {
  readonly kind: 'scalar';
  /** Name in pg_type, such as `int4`, `varchar`, `timestamptz`, `numeric`. */
  readonly name: string;
  /** Of varchar, bpchar (CHAR), bit, varbit: how many at most (bpchar and bit: exactly); null without a limit. */
  readonly length: number | null;
  /**
   * Of numeric: digits, and how many of them after the point, where a negative scale rounds before it; of times and
   * interval: digits of a second.
   */
  readonly precision: number | null;
  readonly scale: number | null;
}

export interface Unique {
  readonly name: string;
  readonly primary: boolean;
  /** Column names, or expressions in SQL. */
  readonly parts: readonly ({ readonly column: string } | { readonly expression: string })[];
  /** Of a partial index, as SQL. */
  readonly predicate: string | null;
  readonly nullsNotDistinct: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** Not always one of the tables that were read: it can be a partition, an extension's, or of another schema. */
  readonly references: { readonly schema: string; readonly table: string; readonly columns: readonly string[] };
  readonly matchFull: boolean;
  readonly deferrable: boolean;
  /** PERIOD (Postgres 18): the last column is a range, which those of the referenced rows have to cover together. */
  readonly period: boolean;
}

export interface Check {
  readonly name: string;
  /** As SQL, without the word CHECK. */
  readonly expression: string;
}

/** Also a key WITHOUT OVERLAPS (Postgres 18), whose ranges may not be empty either; `uniques` doesn't have it. */
export interface Exclusion {
  readonly name: string;
  /** What is compared, with the operator that must not hold for all of them at once, such as `=` or `&&`. */
  readonly parts: readonly (
    | { readonly column: string; readonly operator: string }
    | { readonly expression: string; readonly operator: string }
  )[];
  readonly predicate: string | null;
}

/** `users` in `public`, `shop.users` elsewhere: for maps and for people, without quotes. */
export function tableName({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}

/** The columns among the parts of a key; expressions are left out. */
export function plainColumns(parts: Unique['parts']): readonly string[] {
  return parts.flatMap((part) => ('column' in part ? [part.column] : []));
}

/** As SQL writes any name. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What a domain is made of in the end, any other type itself. */
export function baseOf(type: Type): Exclude<Type, { kind: 'domain' }> {
  return type.kind === 'domain' ? baseOf(type.base) : type;
}
