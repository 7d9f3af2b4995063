import type { Check } from '../../seed/schema.ts';
import type { Client } from '../server.ts';

/** How a type is used at one place. */
export interface TypeUse {
  /** Oid in pg_type. */
  readonly type: number;
  /** What was given in parentheses, in the type's own code (`atttypmod`); -1 is nothing. */
  readonly modifier: number;
  readonly dimensions: number;
}

/** A row of pg_type with what belongs to it. Which of it means something, the kind says. */
export interface ListedType {
  readonly oid: number;
  /** In SQL, with its schema unless that is pg_catalog. */
  readonly sql: string;
  readonly name: string;
  /** `typtype`: base, composite, domain, enum, range, multirange. */
  readonly kind: 'b' | 'c' | 'd' | 'e' | 'r' | 'm' | 'p';
  readonly builtIn: boolean;
  /** Of an array: what it is an array of. */
  readonly element: number | null;
  /** Of a range or a multirange. */
  readonly subtype: number | null;
  readonly base: TypeUse | null;
  readonly notNull: boolean;
  readonly checks: readonly Check[] | null;
  readonly labels: readonly string[] | null;
  readonly fields: readonly (TypeUse & { readonly name: string })[] | null;
}

/**
 * These types and all that they are made of, to any depth. Rows go through to_jsonb where a column is newer than
 * Postgres 13 (multiranges came with 14).
 */
export async function readTypes(client: Client, types: readonly number[]): Promise<readonly ListedType[]> {
  const { rows } = await client.query<ListedType>(
    `with recursive spans as (
       select r.rngtypid as oid, r.rngsubtype as subtype from pg_catalog.pg_range r
       union all
       select (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::oid, r.rngsubtype from pg_catalog.pg_range r
     ), made_of(oid, part) as (
       select t.oid, t.typbasetype from pg_catalog.pg_type t where t.typtype = 'd'
       union all
       select e.typarray, e.oid from pg_catalog.pg_type e where e.typarray <> 0
       union all
       select s.oid, s.subtype from spans s
       union all
       select t.oid, a.atttypid
         from pg_catalog.pg_type t join pg_catalog.pg_attribute a on a.attrelid = t.typrelid
        where t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
     ), reached(oid) as (
       select pg_catalog.unnest($1::oid[])
       union
       select m.part from reached r join made_of m on m.oid = r.oid
     )
     select t.oid, pg_catalog.format_type(t.oid, null) as sql, t.typname as name, t.typtype as kind,
            t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace as "builtIn", t.typnotnull as "notNull",
            (select e.oid from pg_catalog.pg_type e where e.typarray = t.oid) as element,
            (select s.subtype from spans s where s.oid = t.oid) as subtype,
            case t.typtype when 'd' then pg_catalog.jsonb_build_object(
              'type', t.typbasetype::bigint, 'modifier', t.typtypmod, 'dimensions', t.typndims) end as base,
            (select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
                      'name', c.conname, 'expression', pg_catalog.pg_get_expr(c.conbin, 0)) order by c.conname)
               from pg_catalog.pg_constraint c where c.contypid = t.oid and c.contype = 'c') as checks,
            (select pg_catalog.jsonb_agg(e.enumlabel order by e.enumsortorder)
               from pg_catalog.pg_enum e where e.enumtypid = t.oid) as labels,
            (select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
                      'name', a.attname, 'type', a.atttypid::bigint, 'modifier', a.atttypmod, 'dimensions', a.attndims)
                      order by a.attnum)
               from pg_catalog.pg_attribute a
              where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) as fields
       from reached r join pg_catalog.pg_type t on t.oid = r.oid`,
    [types],
  );
  return rows;
}
