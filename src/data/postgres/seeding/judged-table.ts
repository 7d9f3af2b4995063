import { copyLine } from '../../seed/copy-text.ts';
import type { Key } from '../../seed/keys/key.ts';
import { baseOf, quotedName, type Type } from '../../seed/schema.ts';
import type { TableRows } from '../../seed/table/table-rows.ts';
import type { Client, LoadingClient } from '../server.ts';
import { quoted } from './names.ts';

/** Holds rows that are judged before they are written, each with its number in `devenv_row`. */
export const JUDGED = 'pg_temp.devenv_judged';

export async function makeJudged(client: Client, rows: TableRows): Promise<void> {
  await client.query(
    `create temporary table devenv_judged on commit drop as
       select *, 0::bigint as devenv_row from ${quoted(client, rows.table)} with no data`,
  );
  // A domain would refuse a row before it is judged.
  for (const { name, type } of rows.columns) {
    const plain = withoutDomain(type);
    if (plain) await client.query(`alter table ${JUDGED} alter ${client.escapeIdentifier(name)} type ${plain}`);
  }
}

/**
 * Exchanges what it holds for so many attempts at each of these rows, from the present one on: of the row at place p attempt
 * t has the number p · each + t. Leaves the rows at the attempts that they are at.
 */
export async function fillJudged(
  client: LoadingClient,
  rows: TableRows,
  open: readonly number[],
  each: number,
): Promise<void> {
  const lineOf = copyLine(rows);
  const lines = function* (): Generator<string> {
    for (const [place, row] of open.entries()) {
      const first = rows.attempt(row);
      for (let tried = 0; tried < each; tried += 1) {
        rows.goTo(row, first + tried);
        yield `${lineOf(row)}\t${place * each + tried}\n`;
      }
      rows.goTo(row, first);
    }
  };
  await client.query(`truncate ${JUDGED}`);
  const columns = [...rows.columns.map(({ name }) => name), 'devenv_row'].map(quotedName);
  await client.copyIn(`copy ${JUDGED} (${columns.join(', ')}) from stdin`, lines());
}

/** The rows with what the server would compute of them, for FROM. */
export function judgedRow({ table, columns }: TableRows): string {
  const computed = table.columns
    .filter(({ generated, default: expression }) => generated && expression !== null)
    .map(({ name, default: expression }) => `(${expression}) as ${quotedName(name)}`);
  const written = columns.map(({ name }) => quotedName(name));
  return `(select devenv_row, ${[...written, ...computed].join(', ')} from ${JUDGED}) judged`;
}

/** What a row has in each of these keys, as text: NULL where it is unlike any other row. */
export function judgedKeys(keys: readonly Key[]): string {
  return keys
    .map(({ computed, predicate }) => {
      const parts = (computed ?? []).map((part) => `(${part})`);
      const unlike = parts.map((part) => `${part} is null`);
      if (predicate !== null) unlike.push(`(${predicate}) is not true`);
      return `case when ${unlike.join(' or ')} then null else row(${parts.join(', ')})::text end`;
    })
    .join(', ');
}

/** What a domain, or an array of one, is made of, as SQL; null of all else. */
function withoutDomain(type: Type): string | null {
  const base = baseOf(type);
  const element = base.kind === 'array' ? baseOf(base.element) : null;
  const whole = type.kind === 'domain' || (base.kind === 'array' && base.element !== element);
  if (!whole) return null;
  return element ? `${sqlOf(element)}[]` : sqlOf(base);
}

function sqlOf(type: Exclude<Type, { kind: 'domain' }>): string {
  if (type.kind !== 'scalar') return type.name;
  const { name, length, precision, scale } = type;
  const modifiers = [length, name === 'interval' ? null : precision, scale].filter((one) => one !== null);
  return `pg_catalog."${name}"${modifiers.length > 0 ? `(${modifiers.join(', ')})` : ''}`;
}
