import type { Check } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import { type ByOid, byOid } from './by-oid.ts';

/** By table; also those that rows from before may break (NOT VALID), and those that state a wish (NOT ENFORCED). */
export async function readChecks(client: Client, tables: readonly number[]): Promise<ByOid<Check>> {
  const { rows } = await client.query<Check & { oid: number }>(
    `select c.conrelid as oid, c.conname as name, pg_catalog.pg_get_expr(c.conbin, c.conrelid) as expression
       from pg_catalog.pg_constraint c
      where c.conrelid = any ($1::oid[]) and c.contype = 'c'
      order by c.conrelid, c.conname`,
    [tables],
  );
  return byOid(rows);
}
