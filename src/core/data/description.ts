/** What a file in `seeds/` says of the rows to make: how many, and what matters in them. The rest follows from the schema. */
export interface Description {
  /** The same seed gives the same rows. Default 1. */
  readonly seed?: number | string | undefined;
  /** One of faker's, such as `en`, `de`, `pt_BR`. Default `en`. */
  readonly locale?: string | undefined;
  /** What dates are relative to, ISO 8601. A fixed moment by default, so that the same seed gives the same dates. */
  readonly now?: string | undefined;
  /** Whether triggers run. Default true. */
  readonly triggers?: boolean | undefined;
  /** Ready packs by name, whose tables come first; what is said here wins. */
  readonly use?: readonly string[] | undefined;
  /** How many rows a table gets that isn't named. Default: none. */
  readonly rows?: number | undefined;
  /** By name; `schema.table` outside of the search path. */
  readonly tables?: Readonly<Record<string, TableDescription>> | undefined;
  /** Of the Redis services, by a name that tells their numbers apart. */
  readonly redis?: Readonly<Record<string, RedisDescription>> | undefined;
}

export interface TableDescription {
  readonly rows?: number | undefined;
  /** As many rows for each row of another table, those that were there before included. */
  readonly perParent?: { readonly table: string; readonly count: Count } | undefined;
  readonly columns?: Readonly<Record<string, ColumnDescription>> | undefined;
}

/** How many: always so many, each number between two as likely, or few often and many seldom (Zipf's law). */
export type Count = number | readonly [number, number] | { readonly zipf: readonly [number, number] };

export type Constant = string | number | boolean | null;

export type ColumnDescription =
  /** Always this. */
  | Constant
  /** One of a list, or of the keys by their weight. */
  | { readonly oneOf: readonly Constant[] | Readonly<Record<string, number>>; readonly null?: number }
  /** Within the time before, or after, now: `2y`, `30d`, `12h`. */
  | { readonly past: string; readonly null?: number }
  | { readonly future: string; readonly null?: number }
  /** Both included: numbers, or dates in ISO 8601. */
  | { readonly between: readonly [number | string, number | string]; readonly null?: number }
  /** A function of faker, such as `company.name`. */
  | { readonly faker: string; readonly null?: number }
  /** Text that a regular expression fits. */
  | { readonly pattern: string; readonly null?: number }
  /** Text with other columns of the row in it: `{first_name}@example.com`; `{row}` is the row's number. */
  | { readonly template: string; readonly null?: number }
  /** What the name of a column would mean, such as `email`, where its own name doesn't tell. */
  | { readonly like: string; readonly null?: number }
  /** Share of rows without a value, from 0 to 1; the rest as it would be. */
  | { readonly null: number }
  /** In a TypeScript file only. */
  | ((cell: Cell) => Constant);

export interface Cell {
  /** From 0 on. */
  readonly row: number;
  /** From 0 up to, not including, 1; the same for the same seed, table, column and row. */
  readonly random: () => number;
}

/** Keys of a Redis. */
export interface RedisDescription {
  /** Name of the Redis that gets them, where there are several. */
  readonly service?: string | undefined;
  /** `session:{users.id}`: one for each row of a table; `{n}` counts from 0. */
  readonly key: string;
  /** How many, where the key names no table. */
  readonly count?: number | undefined;
  /** `30m`, `1d`, or between two of them. */
  readonly ttl?: string | readonly [string, string] | undefined;
  /** Exactly one of these says of what type it is. Values are made like those of columns; `{users.email}` is of the row. */
  readonly string?: ColumnDescription | undefined;
  readonly hash?: Readonly<Record<string, ColumnDescription>> | undefined;
  readonly list?: { readonly length: Count; readonly of: ColumnDescription } | undefined;
  readonly set?: { readonly size: Count; readonly of: ColumnDescription } | undefined;
  readonly sortedSet?:
    | { readonly size: Count; readonly of: ColumnDescription; readonly score: ColumnDescription }
    | undefined;
  readonly stream?:
    | { readonly length: Count; readonly fields: Readonly<Record<string, ColumnDescription>> }
    | undefined;
}
