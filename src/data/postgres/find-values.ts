import type { PostgresServer } from './server.ts';

/** A table of the live database that holds one of these texts somewhere in a row; null where none does. */
export function tableWith(server: PostgresServer, values: readonly string[]): Promise<string | null> {
  return server.within(server.live, async (client) => {
    const { rows: tables } = await client.query<{ name: string; columns: string }>(TABLES);
    const holds = values.map((_, index) => `pg_catalog.strpos(whole, $${index + 1}) > 0`).join(' or ');
    for (const { name, columns } of tables) {
      const { rows } = await client.query<{ found: boolean }>(
        `select exists (
           select from (select pg_catalog.concat_ws(' ', ${columns}) as whole from only ${name} offset 0) one where ${holds}
         ) as found`,
        [...values],
      );
      if (rows[0]?.found) return name;
    }
    return null;
  });
}

/** Columns that can hold text, by category (PostgreSQL manual, "pg_type"): strings, arrays, composites, and of others these. */
const TABLES = `
select format('%I.%I', n.nspname, c.relname) as name,
       string_agg(format('%I::pg_catalog.text', a.attname), ', ' order by a.attnum) as columns
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
 where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and (t.typcategory in ('S', 'A', 'C') or t.typname in ('json', 'jsonb', 'xml', 'hstore'))
 group by n.nspname, c.relname
 order by 1`;
