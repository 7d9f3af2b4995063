import { messageOf, UserError } from '../../../core/errors.ts';
import { takeTurns } from '../../../lib/turns.ts';
import { copyText } from '../../seed/copy-text.ts';
import { keysToSettle, settle } from '../../seed/keys/settle.ts';
import type { SeedPlan } from '../../seed/plan.ts';
import { type ForeignKey, type Table, tableName } from '../../seed/schema.ts';
import type { CompiledTable } from '../../seed/table/compile.ts';
import type { LoadingClient as Client } from '../server.ts';
import { inTransaction } from '../transaction.ts';
import { readTaken } from './existing.ts';
import { holdTables } from './hold-tables.ts';
import { judgeRows } from './judge.ts';
import { hasMore, mergeRows } from './merge-rows.ts';
import { quoted } from './names.ts';
import { RowRefused, refusedRow, warier } from './refused-row.ts';
import { moveSequences, reserveNumbers } from './sequences.ts';
import { isSuspended, suspendKeys } from './suspended-keys.ts';
import { tryExclusions } from './try-exclusions.ts';

export interface LoadOptions {
  readonly triggers: boolean;
  readonly signal: AbortSignal;
  /** How many rows of which table have been sent. */
  readonly progress: (table: string, rows: number) => void;
  readonly say: (text: string) => void;
}

/** Makes the plan, on another connection, once `hold` has kept others from writing into the tables that get rows. */
export type Planning<Plan extends SeedPlan> = (hold: (tables: readonly Table[]) => Promise<void>) => Promise<Plan>;

/**
 * Writes all rows of a plan in one transaction: after any failure the database is as it was. Foreign keys that lead to what
 * is written later are checked at the end. A check or key that refuses a row although it seemed to be understood is judged,
 * or tried, from then on, and all begins anew: once for each. Gives the plan.
 */
export async function loadRows<Plan extends SeedPlan>(
  client: Client,
  planning: Planning<Plan>,
  options: LoadOptions,
): Promise<Plan> {
  const refused: RowRefused[] = [];
  for (;;) {
    try {
      return await inTransaction(client, async () => {
        const plan = await planning((tables) => holdTables(client, tables));
        await writeAll(client, { ...plan, tables: refused.reduce(warier, plan.tables) }, options);
        return plan;
      });
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      if (!error.helps) throw error.told;
      refused.push(error);
    }
  }
}

async function writeAll(client: Client, plan: SeedPlan, options: LoadOptions): Promise<void> {
  await client.query("set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local timezone = 'UTC'");
  for (const table of plan.tables) await makeFit(client, table, options.signal);
  const all = plan.tables.map(({ rows }) => rows);
  await reserveNumbers(client, all);
  const restore = await deferKeys(client, plan);
  const check = await suspendKeys(client, plan.tables);
  if (!options.triggers) await setTriggers(client, plan, 'disable');
  let fired = false;
  for (const table of plan.tables) {
    await copyTable(client, table, { ...options, fired });
    fired ||= options.triggers && table.rows.table.triggers.length > 0;
  }
  await settleDeferred(client);
  await restore();
  await check();
  if (!options.triggers) await setTriggers(client, plan, 'enable');
  await moveSequences(client, all);
}

/** What had to wait for the end: foreign keys of cycles, and whatever constraints and triggers the schema defers. */
async function settleDeferred(client: Client): Promise<void> {
  try {
    await client.query('set constraints all immediate');
  } catch (error) {
    const { table, constraint } = error as { table?: string; constraint?: string };
    const about = [table, constraint].filter((one) => one !== undefined).join(', ');
    throw new UserError(
      `once all rows were there${about === '' ? '' : ` (${about})`}: ${messageOf(error)}; nothing was written`,
      {
        code: 'refused',
        hints: ['It was checked at the end, as its definition says. devenv seed --no-triggers leaves triggers out.'],
        cause: error,
      },
    );
  }
}

const ROUNDS = 5;

/** Sees to what construction couldn't assure, before a row is written. */
async function makeFit(client: Client, table: CompiledTable, signal: AbortSignal): Promise<void> {
  const wanted = keysToSettle(table);
  const taken = new Map(
    await Promise.all(
      wanted.map(
        async (key) => [key, table.rows.first > 0 ? await readTaken(client, table.rows.table, key) : []] as const,
      ),
    ),
  );
  // What one of them has begun anew the other has to see again.
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = table.rows.version();
    await settle(table, wanted, (key) => taken.get(key) ?? [], signal);
    if (round > 0 && table.rows.version() === before) return;
    const settled = table.rows.version();
    await judgeRows(client, table, signal);
    await tryExclusions(client, table, signal);
    if (table.rows.version() === settled) return;
  }
}

interface CopyOptions extends LoadOptions {
  /** Whether triggers may have made rows. */
  readonly fired: boolean;
}

async function copyTable(client: Client, table: CompiledTable, options: CopyOptions): Promise<void> {
  const { signal, progress, say, fired } = options;
  const { rows } = table;
  const name = tableName(rows.table);
  const columns = rows.columns.map((column) => client.escapeIdentifier(column.name));
  if (columns.length === 0) {
    // COPY wants a column. What such a table has is left to its defaults.
    await client.query(`insert into ${quoted(client, rows.table)} select from generate_series(1, ${rows.count})`);
    return;
  }
  const sql = `copy ${quoted(client, rows.table)} (${columns.join(', ')}) from stdin`;
  let sent = 0;
  const turn = takeTurns(signal);
  const pieces = async function* (text: ReturnType<typeof copyText>): AsyncGenerator<string> {
    for (const piece of text) {
      await turn();
      signal.throwIfAborted();
      sent += piece.rows;
      progress(name, sent);
      yield piece.text;
    }
  };
  try {
    if (fired && (await hasMore(client, rows))) {
      const there = await mergeRows(client, rows, pieces);
      if (there > 0) say(`${name}: triggers had made ${there} of its rows, which got these values`);
    } else await client.copyIn(sql, pieces(copyText(rows)));
  } catch (error) {
    signal.throwIfAborted();
    throw refusedRow(table, error);
  }
}

/** Lets the foreign keys of cycles wait for the end of the transaction; gives the way back. */
async function deferKeys(client: Client, { waiting, tables }: SeedPlan): Promise<() => Promise<void>> {
  const changed: { readonly table: Table; readonly key: ForeignKey }[] = [];
  for (const table of tables) {
    const { rows } = table;
    if (isSuspended(table)) continue;
    for (const key of waiting.get(tableName(rows.table)) ?? []) {
      if (key.deferrable)
        await client.query(`set constraints ${quoted(client, { schema: rows.table.schema, name: key.name })} deferred`);
      else {
        await alterKey(client, rows.table, key, 'deferrable initially deferred');
        changed.push({ table: rows.table, key });
      }
    }
  }
  return async () => {
    for (const { table, key } of changed) await alterKey(client, table, key, 'not deferrable');
  };
}

async function alterKey(client: Client, table: Table, { name }: ForeignKey, how: string): Promise<void> {
  await client.query(`alter table ${quoted(client, table)} alter constraint ${client.escapeIdentifier(name)} ${how}`);
}

async function setTriggers(client: Client, { tables }: SeedPlan, how: 'enable' | 'disable'): Promise<void> {
  for (const { rows } of tables) {
    for (const name of rows.table.triggers) {
      await client.query(`alter table ${quoted(client, rows.table)} ${how} trigger ${client.escapeIdentifier(name)}`);
    }
  }
}
