import type { Column } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import { type ByOid, byOid } from './by-oid.ts';
import type { TypeUse } from './types.ts';

/** A column whose type is still to be resolved. */
export interface ListedColumn extends Omit<Column, 'type'>, TypeUse {}

/**
 * By table. Without a default of its own a column has that of its domain. A default counts as its sequence's only where it is nothing but `nextval`: of `'INV-' || nextval(…)` the
 * sequence doesn't follow the column's values.
 */
export async function readColumns(client: Client, tables: readonly number[]): Promise<ByOid<ListedColumn>> {
  const { rows } = await client.query<ListedColumn & { oid: number }>(
    `select a.attrelid as oid, a.attname as name, a.attnotnull as "notNull",
            a.atttypid as type, a.atttypmod as modifier, a.attndims as dimensions,
            coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), pg_catalog.pg_get_expr(t.typdefaultbin, 0)) as default,
            case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity,
            a.attgenerated <> '' as generated,
            coalesce(own.sequence, used.sequence) as sequence,
            pg_catalog.col_description(a.attrelid, a.attnum) as comment
       from pg_catalog.pg_attribute a
       join pg_catalog.pg_type t on t.oid = a.atttypid
       left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       left join lateral (${sequenceThat(`
              p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and p.objid = s.oid
              and p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              and p.refobjid = a.attrelid and p.refobjsubid = a.attnum and p.deptype = 'i'`)}
            ) own on a.attidentity <> ''
       left join lateral (${sequenceThat(`
              p.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and p.objid = d.oid
              and p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and p.refobjid = s.oid`)}
            ) used on pg_catalog.pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\\(''.*''::regclass\\)$'
      where a.attrelid = any ($1::oid[]) and a.attnum > 0 and not a.attisdropped
      order by a.attrelid, a.attnum`,
    [tables],
  );
  return byOid(rows);
}

/** A sequence by what depends on it, or on what it depends. */
function sequenceThat(depends: string): string {
  return `select pg_catalog.json_build_object(
                     'name', pg_catalog.format('%I.%I', n.nspname, s.relname), 'start', q.seqstart::text,
                     'increment', q.seqincrement::text, 'min', q.seqmin::text, 'max', q.seqmax::text,
                     'cycle', q.seqcycle) as sequence
              from pg_catalog.pg_depend p
              join pg_catalog.pg_class s on s.relkind = 'S'
              join pg_catalog.pg_sequence q on q.seqrelid = s.oid
              join pg_catalog.pg_namespace n on n.oid = s.relnamespace
             where ${depends.trim()}
             limit 1`;
}
