import type { Client } from '../server.ts';

export interface ListedTable {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly partitioned: boolean;
  readonly comment: string | null;
}

/** What rows can be put into: neither partitions (their parent gets the rows), nor temporary tables, nor an extension's. */
export async function readTables(client: Client, schemas: readonly string[] | null): Promise<readonly ListedTable[]> {
  const { rows } = await client.query<ListedTable>(
    `select c.oid, n.nspname as schema, c.relname as name, c.relkind = 'p' as partitioned,
            pg_catalog.obj_description(c.oid, 'pg_class') as comment
       from pg_catalog.pg_class c
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
        and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
        and ($1::text[] is null or n.nspname = any ($1))
        and not exists (select from pg_catalog.pg_depend d
                         where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
                           and d.deptype = 'e')
      order by n.nspname, c.relname`,
    [schemas],
  );
  return rows;
}
