import type { Description, TableDescription } from '../../core/data/description.ts';
import { isLedger } from './ledgers.ts';
import { type Table, tableName } from './schema.ts';

/** What a description asks of a table. */
export interface Asked {
  readonly rows: number;
  /** Whether this number was said of this table. */
  readonly exact: boolean;
  /** Undefined where the table isn't named. */
  readonly description: TableDescription | undefined;
}

/** Rows of a table that is described without a number. */
const USUAL_ROWS = 100;

/** Null where it gets no rows. */
export function askedOf(table: Table, description: Description): Asked | null {
  const own = descriptionOf(table, description);
  if (!own && isLedger(table)) return null;
  const rows = own?.rows ?? description.rows ?? (own ? USUAL_ROWS : 0);
  if (rows === 0 && !own?.perParent) return null;
  return { rows, exact: own?.rows !== undefined, description: own };
}

/** Whether a table gets rows, as far as the description alone tells. */
export function getsRows(table: Table, description: Description): boolean {
  return askedOf(table, description) !== null;
}

/** Says which tables get no rows although all were to get some. */
export function leftAlone(tables: readonly Table[], description: Description): readonly string[] {
  if (!description.rows) return [];
  const ledgers = tables.filter((table) => !descriptionOf(table, description) && isLedger(table)).map(tableName);
  if (ledgers.length === 0) return [];
  return [`left alone: ${ledgers.sort().join(', ')}, which ${ledgers.length === 1 ? 'records' : 'record'} migrations`];
}

function descriptionOf(table: Table, { tables }: Description): TableDescription | undefined {
  return tables?.[tableName(table)] ?? tables?.[`${table.schema}.${table.name}`];
}
