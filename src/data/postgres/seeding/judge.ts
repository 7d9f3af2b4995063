import { UserError } from '../../../core/errors.ts';
import { copyLine } from '../../seed/copy-text.ts';
import { tableName } from '../../seed/schema.ts';
import type { CompiledTable } from '../../seed/table/compile.ts';
import type { LoadingClient as Client } from '../server.ts';
import { quoted } from './names.ts';

/** How often a row is made anew that Postgres refuses. */
const ATTEMPTS = 25;
const CHUNK = 5_000;

/**
 * Lets Postgres itself judge rows by the checks that are beyond the grammar, before any of them is written, and begins those
 * anew that it refuses. Works on a temporary table, in a transaction of the caller's.
 */
export async function judgeRows(client: Client, table: CompiledTable, signal: AbortSignal): Promise<void> {
  const { rows, rules } = table;
  if (rules.judged.length === 0 || rows.count === 0) return;
  await client.query(
    `create temporary table devenv_judged on commit drop as
       select *, 0::bigint as devenv_row from ${quoted(client, rows.table)} with no data`,
  );
  for (let from = rows.first; from < rows.first + rows.count; from += CHUNK) {
    signal.throwIfAborted();
    await judgeChunk(client, table, from, Math.min(from + CHUNK, rows.first + rows.count));
  }
  await client.query('drop table pg_temp.devenv_judged');
}

async function judgeChunk(client: Client, { rows, rules }: CompiledTable, from: number, until: number): Promise<void> {
  let open: readonly number[] = Array.from({ length: until - from }, (_, index) => from + index);
  for (let attempt = 0; ; attempt += 1) {
    await client.query('truncate pg_temp.devenv_judged');
    const columns = [...rows.columns.map(({ name }) => name), 'devenv_row'].map((name) =>
      client.escapeIdentifier(name),
    );
    await client.copyIn(`copy pg_temp.devenv_judged (${columns.join(', ')}) from stdin`, numbered(rows, open));
    const refused = await refusedBy(client, rules.judged);
    if (refused.rows.length === 0) return;
    if (attempt === ATTEMPTS) throw refusal(tableName(rows.table), rules.judged, refused.rows.length, refused.first);
    for (const row of refused.rows) rows.again(row);
    open = refused.rows;
  }
}

function* numbered(rows: CompiledTable['rows'], numbers: readonly number[]): Generator<string> {
  const lineOf = copyLine(rows);
  for (const row of numbers) yield `${lineOf(row)}\t${row}\n`;
}

type Judged = CompiledTable['rules']['judged'];

async function refusedBy(client: Client, judged: Judged): Promise<{ rows: readonly number[]; first: number }> {
  const holds = judged.map(({ expression }) => `((${expression}) is not false)`);
  const { rows } = await client.query<{ row: string; failed: readonly boolean[] }>(
    `select devenv_row::text as row, array[${holds.join(', ')}] as failed
       from pg_temp.devenv_judged where not (${holds.join(' and ')}) order by devenv_row`,
  );
  return {
    rows: rows.map(({ row }) => Number(row)),
    first: Math.max(0, rows[0]?.failed.indexOf(false) ?? 0),
  };
}

function refusal(table: string, judged: Judged, count: number, first: number): UserError {
  const { name, expression, why } = judged[first] as Judged[number];
  return new UserError(
    `${table}: no rows could be made that ${name} accepts (${why}); ${count} were refused ${ATTEMPTS + 1} times each`,
    {
      code: 'refused',
      hints: [
        `It says: ${expression}`,
        `Describe one of its columns: tables: { ${table}: { columns: { … : { oneOf: [ … ] } } } }. Nothing was written.`,
      ],
    },
  );
}
