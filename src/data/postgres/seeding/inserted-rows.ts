import { tableName } from '../../seed/schema.ts';
import type { Client } from '../server.ts';

/**
 * How many rows the transaction has inserted so far, by table, those of partitions as their table's: as the server counts
 * them (Postgres manual, "The Cumulative Statistics System": pg_stat_xact_user_tables), also what a savepoint took back. None
 * where the setting `track_counts` is off.
 */
export async function insertedRows(
  client: Client,
): Promise<readonly { readonly table: string; readonly rows: number }[]> {
  const { rows } = await client.query<{ schema: string; name: string; rows: number }>(
    `select n.nspname as schema, c.relname as name, sum(s.n_tup_ins)::float8 as rows
       from pg_catalog.pg_stat_xact_user_tables s
       join pg_catalog.pg_class c on c.oid = coalesce(pg_catalog.pg_partition_root(s.relid), s.relid)
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where s.n_tup_ins > 0 and c.relpersistence <> 't' group by 1, 2 order by 1, 2`,
  );
  return rows.map(({ rows, ...table }) => ({ table: tableName(table), rows }));
}
