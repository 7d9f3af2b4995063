import type { Description } from './description.ts';

/** What a file in `seeds/` holds that is not SQL. */
export type SeedFileContent =
  | { readonly kind: 'description'; readonly description: Description; readonly origin: Origin }
  | { readonly kind: 'script'; readonly run: SeedScript };

/** Where the parts of a description stand. */
export interface Origin {
  /** As a person in the project's folder would write it. */
  readonly file: string;
  /** Of the nearest part of a path that stands in the file; undefined in one that runs instead of being read. */
  at(
    path: readonly (string | number)[],
    part: 'key' | 'value',
  ): { readonly line: number; readonly column: number } | undefined;
}

/** A seed in TypeScript that writes its rows itself. */
export type SeedScript = (context: SeedContext) => Promise<void> | void;

export interface SeedContext {
  /** Within the transaction of the whole file. Rows have their columns by name. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The environment's variables, such as DATABASE_URL. */
  readonly env: Readonly<Record<string, string>>;
}
