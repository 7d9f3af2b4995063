import type { Client } from '../server.ts';
import { type ByOid, byOid } from './by-oid.ts';

/** By table: those of the user's that fire on an insert (bit 2 of tgtype, TRIGGER_TYPE_INSERT) in an ordinary session. */
export async function readTriggers(
  client: Client,
  tables: readonly number[],
): Promise<ByOid<{ readonly name: string }>> {
  const { rows } = await client.query<{ oid: number; name: string }>(
    `select t.tgrelid as oid, t.tgname as name
       from pg_catalog.pg_trigger t
      where t.tgrelid = any ($1::oid[]) and not t.tgisinternal and t.tgparentid = 0
        and t.tgtype & 4 <> 0 and t.tgenabled in ('O', 'A')
      order by t.tgrelid, t.tgname`,
    [tables],
  );
  return byOid(rows);
}
