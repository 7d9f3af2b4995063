import type { TableState } from '../../core/data/diff.ts';
import type { Client, PostgresServer } from './server.ts';

/** How values are written as text: a database's own settings must not make equal rows look different. */
const TEXT_FORM = {
  search_path: '',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  extra_float_digits: '3',
  bytea_output: 'hex',
  lc_monetary: 'C',
  xmloption: 'content',
  row_security: 'off',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  /** Of a devenv that was killed: a long scan ends soon after it. */
  client_connection_check_interval: '1s',
} as const;

/**
 * Row counts and hashes of all tables of a database, as of one moment; one scan a table. Those of extensions and of other
 * servers are left out; of a partitioned table the partitions are told.
 */
export function readTables(server: PostgresServer, database: string): Promise<readonly TableState[]> {
  return server.within(database, async (client) => {
    await client.query('begin isolation level repeatable read, read only');
    for (const [name, value] of Object.entries(TEXT_FORM)) {
      // What a major doesn't know is left out.
      await client.query(
        'select pg_catalog.set_config(name, $2, true) from pg_catalog.pg_settings where lower(name) = $1',
        [name, value],
      );
    }
    const states: TableState[] = [];
    for (const table of await tableNames(client)) states.push(await stateOf(client, table));
    await client.query('commit');
    return states;
  });
}

/** With an empty search path every name comes with its schema, and quoted. */
async function tableNames(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name
       from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where (c.relkind = 'r' or (c.relkind = 'm' and c.relispopulated))
        and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
        and not exists (select from pg_catalog.pg_depend d
                         where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** A sum doesn't depend on the order, and unlike an exclusive or it sees a row that is there twice. */
async function stateOf(client: Client, table: string): Promise<TableState> {
  const { rows } = await client.query<{ rows: string; hash: string }>(
    `select count(*) as rows,
            coalesce(sum(pg_catalog.hashtextextended((devenv_row.*)::text, 0)::numeric), 0)::text as hash
       from only ${table} as devenv_row`,
  );
  return { table, rows: Number(rows[0]?.rows ?? 0), hash: rows[0]?.hash ?? '' };
}
