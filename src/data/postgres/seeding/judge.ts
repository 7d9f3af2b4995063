import { UserError } from '../../../core/errors.ts';
import { tableName } from '../../seed/schema.ts';
import type { CompiledTable } from '../../seed/table/compile.ts';
import type { LoadingClient as Client } from '../server.ts';
import { fillJudged, JUDGED, judgedKeys, judgedRow, makeJudged } from './judged-table.ts';
import { quoted } from './names.ts';

/** How many are judged at once. */
const CHUNK = 5_000;
/** So many in a row are tried in vain before a table is given up: of a thousand that were, none has been taken by chance. */
const IN_VAIN = 50_000;

/**
 * Lets Postgres itself judge rows by the checks that are beyond the grammar, and by keys of what the server computes, before
 * any of them is written; begins those anew that it refuses, the fewer are left the more often at once. Works on a temporary
 * table, in a transaction of the caller's.
 */
export async function judgeRows(client: Client, table: CompiledTable, signal: AbortSignal): Promise<void> {
  const { rows, rules, keys } = table;
  if ((rules.judged.length === 0 && keys.judged.length === 0) || rows.count === 0) return;
  await makeJudged(client, rows);
  const taken = await takenKeys(client, table);
  for (let from = rows.first; from < rows.first + rows.count; from += CHUNK) {
    const until = Math.min(from + CHUNK, rows.first + rows.count);
    const open = Array.from({ length: until - from }, (_, index) => from + index);
    await judgeChunk(client, table, open, taken, signal);
  }
  await client.query(`drop table ${JUDGED}`);
}

/** By key what rows have in it. */
type TakenKeys = readonly Set<string>[];

async function judgeChunk(
  client: Client,
  table: CompiledTable,
  chunk: readonly number[],
  taken: TakenKeys,
  signal: AbortSignal,
): Promise<void> {
  const { rows } = table;
  let open = chunk;
  let inVain = 0;
  for (let times = 1; open.length > 0; times *= 2) {
    signal.throwIfAborted();
    const each = Math.min(times, Math.max(1, Math.floor(CHUNK / open.length)));
    const verdicts = await verdictsOn(client, table, open, each);
    const left = open.filter((row, place) => {
      const first = rows.attempt(row);
      for (let tried = 0; tried < each; tried += 1) {
        if (!isTaken(verdicts[place * each + tried] as Verdict, taken)) {
          rows.goTo(row, first + tried);
          return false;
        }
      }
      rows.goTo(row, first + each);
      return true;
    });
    inVain = left.length < open.length ? 0 : inVain + open.length * each;
    if (inVain > IN_VAIN) throw refusal(table, left.length, inVain, verdicts[0] as Verdict);
    open = left;
  }
}

interface Verdict {
  /** Of each check whether it holds. */
  readonly holds: readonly boolean[];
  /** By key what the row has in it; null where that is unlike all others. */
  readonly keys: readonly (string | null)[];
}

/** Whether a row can't be taken; if it can, it is. */
function isTaken({ holds, keys }: Verdict, taken: TakenKeys): boolean {
  if (holds.includes(false) || keys.some((text, key) => text !== null && taken[key]?.has(text))) return true;
  keys.forEach((text, key) => {
    if (text !== null) taken[key]?.add(text);
  });
  return false;
}

/** What Postgres says of so many attempts at each of these rows, from the present one on. Leaves the rows at those. */
async function verdictsOn(
  client: Client,
  { rows, rules, keys }: CompiledTable,
  open: readonly number[],
  each: number,
): Promise<readonly Verdict[]> {
  await fillJudged(client, rows, open, each);
  const holds = rules.judged.map(({ expression }) => `((${expression}) is not false)`);
  const { rows: found } = await client.query<Verdict>(
    `select array[${holds.join(', ')}]::boolean[] as holds, array[${judgedKeys(keys.judged)}]::text[] as keys
       from ${judgedRow(rows)} order by devenv_row`,
  );
  return found;
}

async function takenKeys(client: Client, { rows, keys }: CompiledTable): Promise<TakenKeys> {
  const taken = keys.judged.map(() => new Set<string>());
  if (rows.first === 0 || taken.length === 0) return taken;
  const { rows: found } = await client.query<{ keys: readonly (string | null)[] }>(
    `select array[${judgedKeys(keys.judged)}]::text[] as keys from ${quoted(client, rows.table)}`,
  );
  for (const one of found) isTaken({ ...one, holds: [] }, taken);
  return taken;
}

function refusal({ rows, rules, keys }: CompiledTable, left: number, tried: number, { holds }: Verdict): UserError {
  const table = tableName(rows.table);
  const failed = rules.judged[holds.indexOf(false)];
  const describe = `Describe one of its columns: tables: { ${table}: { columns: { … : { oneOf: [ … ] } } } }. Nothing was written.`;
  if (failed) {
    const { name, expression, why } = failed;
    return new UserError(
      `${table}: no rows could be made that ${name} accepts (${why}); ${left} are left of which ${tried} tries were refused in a row`,
      { code: 'refused', hints: [`It says: ${expression}`, describe] },
    );
  }
  const names = keys.judged.map(({ name, columns }) => `${name} (${columns.join(', ')})`).join(' and ');
  return new UserError(`${table}: no more values could be found that ${names} allows`, {
    code: 'refused',
    hints: [`Ask for ${left} rows fewer of ${table}, or describe one of these columns so that it has more values.`],
  });
}
