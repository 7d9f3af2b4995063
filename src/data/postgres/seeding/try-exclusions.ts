import { UserError } from '../../../core/errors.ts';
import type { Key } from '../../seed/keys/key.ts';
import { exclusionsToTry } from '../../seed/keys/settle.ts';
import { quotedName, type Table, tableName } from '../../seed/schema.ts';
import type { CompiledTable } from '../../seed/table/compile.ts';
import type { LoadingClient as Client } from '../server.ts';
import { fillJudged, JUDGED, judgedRow, makeJudged } from './judged-table.ts';
import { quoted } from './names.ts';

/** The rows that go together so far, each once; in it the exclusion constraints hold. */
const CHOSEN = 'pg_temp.devenv_chosen';
/** How many are tried at once. */
const CHUNK = 2_000;
/** So many in a row are tried in vain before a table is given up. */
const IN_VAIN = 10_000;

/**
 * Lets Postgres itself say, before a row is written, which rows may stand beside each other under exclusion constraints that
 * construction can't assure: they go one after the other into a temporary table that has those constraints, in a transaction
 * of the caller's. What it doesn't take is begun anew, the fewer are left the more often at once.
 */
export async function tryExclusions(client: Client, table: CompiledTable, signal: AbortSignal): Promise<void> {
  const { rows } = table;
  const keys = exclusionsToTry(table);
  if (keys.length === 0 || rows.count === 0) return;
  await makeJudged(client, rows);
  const constraints = await makeChosen(client, rows.table, keys);
  for (let from = rows.first; from < rows.first + rows.count; from += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, rows.first + rows.count - from) }, (_, index) => from + index);
    const left = await chooseAmong(client, table, chunk, signal);
    if (left > 0) throw refusal(rows.table, constraints, left + rows.first + rows.count - from - chunk.length);
  }
  await client.query(`drop table ${JUDGED}, ${CHOSEN}`);
}

/** With the rows that are there; gives the constraints as SQL. */
async function makeChosen(
  client: Client,
  table: Table,
  keys: readonly Key[],
): Promise<readonly { readonly name: string; readonly definition: string }[]> {
  const name = quoted(client, table);
  const { rows: constraints } = await client.query<{ name: string; definition: string }>(
    `select conname as name, pg_catalog.pg_get_constraintdef(oid) as definition from pg_catalog.pg_constraint
      where conrelid = $1::pg_catalog.regclass and conname = any ($2)`,
    [name, keys.map((key) => key.name)],
  );
  await client.query(
    `create temporary table devenv_chosen on commit drop as
       select *, -row_number() over () as devenv_row, 0 as devenv_try from ${name}`,
  );
  await client.query(`create unique index on ${CHOSEN} (devenv_row)`);
  for (const { definition } of constraints) {
    // ON CONFLICT takes none that may wait.
    await client.query(`alter table ${CHOSEN} add ${definition.replace(/( NOT)? DEFERRABLE.*$/s, '')}`);
  }
  return constraints;
}

/** Gives how many of these rows found no place. */
async function chooseAmong(
  client: Client,
  table: CompiledTable,
  chunk: readonly number[],
  signal: AbortSignal,
): Promise<number> {
  const { rows } = table;
  let open = chunk;
  let inVain = 0;
  for (let times = 1; open.length > 0 && inVain <= IN_VAIN; times *= 2) {
    signal.throwIfAborted();
    const each = Math.min(times, Math.max(1, Math.floor(CHUNK / open.length)));
    const chosen = await choose(client, table, open, each);
    const left = open.filter((row) => {
      const tried = chosen.get(row);
      rows.goTo(row, rows.attempt(row) + (tried ?? each));
      return tried === undefined;
    });
    inVain = left.length < open.length ? 0 : inVain + open.length * each;
    open = left;
  }
  return open.length;
}

/** Which of so many attempts at each of these rows is taken, if one is. */
async function choose(
  client: Client,
  { rows, rules }: CompiledTable,
  open: readonly number[],
  each: number,
): Promise<ReadonlyMap<number, number>> {
  await fillJudged(client, rows, open, each);
  const columns = [
    ...rows.columns.map(({ name }) => name),
    ...rows.table.columns.flatMap(({ name, generated }) => (generated ? [name] : [])),
  ].map(quotedName);
  const holds = ['true', ...rules.judged.map(({ expression }) => `((${expression}) is not false)`)].join(' and ');
  const { rows: found } = await client.query<{ place: number; tried: number }>(
    `insert into ${CHOSEN} (${[...columns, 'devenv_row', 'devenv_try'].join(', ')})
     select ${[...columns, `($1::bigint[])[devenv_row / ${each} + 1]`, `devenv_row % ${each}`].join(', ')}
       from ${judgedRow(rows)} where ${holds} order by judged.devenv_row
     on conflict do nothing returning devenv_row::float8 as place, devenv_try as tried`,
    [open],
  );
  return new Map(found.map(({ place, tried }) => [place, tried]));
}

function refusal(
  table: Table,
  constraints: readonly { readonly name: string; readonly definition: string }[],
  left: number,
): UserError {
  const name = tableName(table);
  return new UserError(
    `${name}: no more rows could be made that ${constraints.map((one) => one.name).join(' and ')} allows beside the others; ${left} are left`,
    {
      code: 'refused',
      hints: [
        ...constraints.map(({ definition }) => `It says: ${definition}`),
        `Ask for ${left} rows fewer of ${name}, or describe one of its columns so that they lie farther apart. Nothing was written.`,
      ],
    },
  );
}
