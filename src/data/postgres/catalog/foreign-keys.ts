import type { ForeignKey } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import { type ByOid, byOid } from './by-oid.ts';

/** By table. To or from a partitioned table the catalog has one for each partition besides; those have a parent. */
export async function readForeignKeys(client: Client, tables: readonly number[]): Promise<ByOid<ForeignKey>> {
  const { rows } = await client.query<ForeignKey & { oid: number }>(
    `select c.conrelid as oid, c.conname as name, ${namesOf('c.conrelid', 'c.conkey')} as columns,
            pg_catalog.jsonb_build_object('schema', n.nspname, 'table', t.relname,
              'columns', ${namesOf('c.confrelid', 'c.confkey')}) as references,
            c.confmatchtype = 'f' as "matchFull", c.condeferrable as deferrable,
            coalesce((pg_catalog.to_jsonb(c) ->> 'conperiod')::boolean, false) as period
       from pg_catalog.pg_constraint c
       join pg_catalog.pg_class t on t.oid = c.confrelid
       join pg_catalog.pg_namespace n on n.oid = t.relnamespace
      where c.conrelid = any ($1::oid[]) and c.contype = 'f' and c.conparentid = 0
      order by c.conrelid, c.conname`,
    [tables],
  );
  return byOid(rows);
}

function namesOf(table: string, numbers: string): string {
  return `(select pg_catalog.jsonb_agg(a.attname order by k.place)
             from pg_catalog.unnest(${numbers}) with ordinality k(number, place)
             join pg_catalog.pg_attribute a on a.attrelid = ${table} and a.attnum = k.number)`;
}
