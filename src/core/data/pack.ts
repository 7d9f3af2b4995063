import type { ColumnDescription, Count } from './description.ts';

/** What kind of data an app of one sort has, whatever its tables are called. */
export interface Pack {
  readonly roles: Readonly<Record<string, Role>>;
  /** How many rows a table gets that has no role, but that rows of another one refer to. */
  readonly others: number;
  /** How many rows a table without a role gets for each row of the first table that it links to others. */
  readonly links: Count;
}

/** What a table can be. */
export interface Role {
  /** Names of such tables, in words and singular, the likeliest first. */
  readonly names: readonly string[];
  /** Names that are enough only where such a table refers to a role of `per`. */
  readonly short?: readonly string[] | undefined;
  /** Roles that no such table refers to. */
  readonly unless?: readonly string[] | undefined;
  /** Columns of which such a table has at least one, or it refers to a role of `per`. Without signs the name is enough. */
  readonly signs?: readonly string[] | undefined;
  /** A table of any other name is one, too, if it refers to tables of all these roles. */
  readonly joins?: readonly string[] | undefined;
  /** How many rows, where it refers to no role of `per`. */
  readonly rows: number;
  /** As many for each row of another role: the first one that it refers to. */
  readonly per?: Readonly<Record<string, Count>> | undefined;
  /** By their names in words, several ones separated by commas; only for those that are there and whose type can hold it. */
  readonly columns?: Readonly<Record<string, ColumnDescription>> | undefined;
}
