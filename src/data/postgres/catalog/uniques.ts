import type { Exclusion, Unique } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import { type ByOid, byOid } from './by-oid.ts';

/** What the index `i` has at place `n`: a column by its name, or else an expression. */
const PART = `
  case i.indkey[n - 1]
    when 0 then pg_catalog.jsonb_build_object('expression', pg_catalog.pg_get_indexdef(i.indexrelid, n, true))
    else (select pg_catalog.jsonb_build_object('column', a.attname)
            from pg_catalog.pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[n - 1])
  end`;

/** Those that it merely includes come after its keys. */
const PLACES = 'pg_catalog.generate_series(1, i.indnkeyatts) n';

/**
 * By table. Constraints have an index each, so indexes tell of both; one that is still being built is enforced too. The
 * share that a partition has of its parent's index is left out.
 */
export async function readUniques(client: Client, tables: readonly number[]): Promise<ByOid<Unique>> {
  const { rows } = await client.query<Unique & { oid: number }>(
    `select i.indrelid as oid, c.relname as name, i.indisprimary as primary,
            (select pg_catalog.jsonb_agg(${PART} order by n) from ${PLACES}) as parts,
            pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
            coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as "nullsNotDistinct"
       from pg_catalog.pg_index i
       join pg_catalog.pg_class c on c.oid = i.indexrelid
      where i.indrelid = any ($1::oid[]) and i.indisunique and not i.indisexclusion and i.indisready
        and not exists (select from pg_catalog.pg_inherits h where h.inhrelid = i.indexrelid)
      order by i.indrelid, not i.indisprimary, c.relname`,
    [tables],
  );
  return byOid(rows);
}

/**
 * By table. A key WITHOUT OVERLAPS (Postgres 18) is one too, and has no operators in the catalog: its last part is a range
 * that must not overlap, the others are compared with `=`.
 */
export async function readExclusions(client: Client, tables: readonly number[]): Promise<ByOid<Exclusion>> {
  const { rows } = await client.query<Exclusion & { oid: number }>(
    `select i.indrelid as oid, c.conname as name,
            (select pg_catalog.jsonb_agg(${PART} || pg_catalog.jsonb_build_object('operator', coalesce(
                      (select o.oprname from pg_catalog.pg_operator o where o.oid = c.conexclop[n]),
                      case n when i.indnkeyatts then '&&' else '=' end)) order by n)
               from ${PLACES}) as parts,
            pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate
       from pg_catalog.pg_constraint c
       join pg_catalog.pg_index i on i.indexrelid = c.conindid
      where c.conrelid = any ($1::oid[]) and c.contype in ('p', 'u', 'x') and i.indisexclusion and c.conparentid = 0
      order by i.indrelid, c.conname`,
    [tables],
  );
  return byOid(rows);
}
