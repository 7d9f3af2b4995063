import { UserError } from '../../../core/errors.ts';
import { referenced } from '../../seed/order.ts';
import { type ForeignKey, type Table, tableName } from '../../seed/schema.ts';
import type { CompiledTable } from '../../seed/table/compile.ts';
import type { Client } from '../server.ts';
import { quoted } from './names.ts';

/** From so many rows on looking every single reference up takes longer than joining once at the end: five times, with 100,000. */
const MANY = 10_000;

/** Whether the foreign keys of a table are checked by a join. Of a partitioned one each partition has triggers of its own. */
export function isSuspended({ rows }: CompiledTable): boolean {
  return rows.count >= MANY && !rows.table.partitioned && rows.table.foreignKeys.every(({ period }) => !period);
}

/**
 * Puts the checks of the large tables' foreign keys off, for the length of a transaction; gives the check that makes up for
 * it. Nobody else can write meanwhile into what they reference: a row that is deleted there would not see ours.
 */
export async function suspendKeys(client: Client, tables: readonly CompiledTable[]): Promise<() => Promise<void>> {
  const suspended = tables
    .filter(isSuspended)
    .map(({ rows }) => rows.table)
    .filter(({ foreignKeys }) => foreignKeys.length > 0);
  if (suspended.length === 0) return async () => {};
  const locked = new Set(
    suspended.flatMap((table) => [table, ...table.foreignKeys.map(referencedTable)]).map((one) => quoted(client, one)),
  );
  await client.query(`lock table ${[...locked].sort().join(', ')} in share row exclusive mode`);
  for (const table of suspended) await setChecks(client, table, 'disable');
  return async () => {
    for (const table of suspended) {
      for (const key of table.foreignKeys) await refuseOrphans(client, table, key);
      await setChecks(client, table, 'enable');
    }
  };
}

function referencedTable({ references }: ForeignKey): { readonly schema: string; readonly name: string } {
  return { schema: references.schema, name: references.table };
}

/** The trigger that looks up what an inserted row references. Those of updates and deletes stay as they are. */
async function setChecks(client: Client, table: Table, how: 'enable' | 'disable'): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select t.tgname as name from pg_catalog.pg_trigger t
      where t.tgrelid = $1::regclass and t.tgisinternal and t.tgfoid = 'pg_catalog."RI_FKey_check_ins"'::regproc
        and t.tgenabled = $2`,
    [quoted(client, table), how === 'disable' ? 'O' : 'D'],
  );
  for (const { name } of rows) {
    await client.query(`alter table ${quoted(client, table)} ${how} trigger ${client.escapeIdentifier(name)}`);
  }
}

/** Of the rows that this transaction has written: older ones may be from before the key was made (NOT VALID). */
async function refuseOrphans(client: Client, table: Table, key: ForeignKey): Promise<void> {
  const names = (columns: readonly string[], of: string) =>
    columns.map((column) => `${of}.${client.escapeIdentifier(column)}`);
  const [own, theirs] = [names(key.columns, 'child'), names(key.references.columns, 'parent')];
  const filled = own.map((name) => `${name} is not null`);
  const { rows } = await client.query<{ values: string }>(
    `select row(${own.join(', ')})::text as values from only ${quoted(client, table)} child
      where child.xmin = pg_catalog.pg_current_xact_id()::xid
        and ((${filled.join(' and ')}) and not exists (
               select from ${quoted(client, referencedTable(key))} parent
                where ${own.map((name, index) => `${name} = ${theirs[index]}`).join(' and ')})
             ${key.matchFull ? `or (num_nulls(${own.join(', ')}) not in (0, ${own.length}))` : ''})
      limit 1`,
  );
  const orphan = rows[0]?.values;
  if (orphan === undefined) return;
  throw new UserError(
    `${tableName(table)}: ${key.name} (${key.columns.join(', ')}) leads to no row of ${referenced(key)}: ${orphan}`,
    {
      code: 'refused',
      hints: ['Nothing was written.'],
    },
  );
}
