import type { TableDescription } from '../../../core/data/description.ts';
import type { Domain, Rules } from '../domain.ts';
import type { Equation } from '../equations/equations.ts';
import type { Modes } from '../keys/modes.ts';
import type { Parent } from '../links/links.ts';
import type { Maker } from '../links/polymorphic.ts';
import type { ForeignKey, Table, Type } from '../schema.ts';
import type { World } from '../values/index.ts';

/** All that the rows of one table follow from. */
export interface TableInput {
  readonly table: Table;
  readonly description: TableDescription | undefined;
  /** Rows for a table that isn't described, and whether somebody asked for just as many. */
  readonly rows: number;
  readonly exact: boolean;
  readonly rules: Rules;
  /** What is left of the parts of columns, by their types. */
  readonly parts: ReadonlyMap<Type, readonly Domain[]>;
  /** What makes columns that lead to rows without a foreign key. */
  readonly pairs: ReadonlyMap<string, Maker>;
  /** Columns that follow from others, because a check says so. */
  readonly equations: readonly Equation[];
  /** Of rows that partial keys are about, and of those that they are not: see `modes.ts`. */
  readonly modes: Modes | null;
  readonly world: World;
  /** Columns that a foreign key doesn't decide: see `key-cycles.ts`. */
  readonly undecided: ReadonlyMap<ForeignKey, ReadonlySet<string>>;
  readonly parentOf: (key: ForeignKey) => Parent;
  /** The last number of a column that counts which is there already: see Existing. */
  readonly last: (column: string) => bigint | null;
  /** The latest upper bound of a range column, or of two columns by the lower one, that is there already, in its unit. */
  readonly latest: (column: string) => number | null;
  /** What rows from before have in these columns, each as a JSON list of texts. */
  readonly taken: (columns: readonly string[]) => ReadonlySet<string>;
}
