import type { Client } from '../server.ts';
import { reading } from './reading.ts';
import type { ListedTable } from './tables.ts';

/** How many tables one query counts. */
const AT_ONCE = 100;

/**
 * Exact, because numbers of rows go on from them. One query counts many tables, since what a small table costs is the way
 * there and back; not all of them, because a transaction keeps a lock on each table, partition and index that it has seen.
 * A parent's own rows only, unless it is partitioned: what inherits from it is a table itself.
 */
export async function countRows(client: Client, tables: readonly ListedTable[]): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (let start = 0; start < tables.length; start += AT_ONCE) {
    const sql = tables.slice(start, start + AT_ONCE).map(({ oid, schema, name, partitioned }) => {
      const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
      return `select ${oid} as oid, pg_catalog.count(*)::float8 as rows from ${partitioned ? '' : 'only '}${table}`;
    });
    const { rows } = await reading(client, () => client.query<{ oid: number; rows: number }>(sql.join(' union all ')));
    for (const row of rows) counts.set(row.oid, row.rows);
  }
  return counts;
}
