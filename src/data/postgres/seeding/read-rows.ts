import { findTable } from '../../seed/find-table.ts';
import { plainColumns, type Schema } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import { quoted } from './names.ts';

const CURSOR = 'devenv_rows';
const PARCEL = 5_000;

/** Rows of a table with these columns as text, by its primary key or else by these columns; few of them in memory at a time. */
export async function* readRows(
  client: Client,
  schema: Schema,
  name: string,
  columns: readonly string[],
): AsyncGenerator<Readonly<Record<string, string | null>>> {
  const table = findTable(schema, name);
  if (!table) return;
  const primary = table.uniques.find((unique) => unique.primary);
  const order = primary ? plainColumns(primary.parts) : columns;
  const quote = (list: readonly string[]) => list.map((column) => client.escapeIdentifier(column));
  const texts = quote(columns).map((column) => `${column}::text as ${column}`);
  await client.query('begin read only');
  try {
    await client.query(
      `declare ${CURSOR} no scroll cursor for
         select ${texts.join(', ') || 'null'} from ${quoted(client, table)} t
          order by ${
            quote(order)
              .map((column) => `t.${column}`)
              .join(', ') || '1'
          }`,
    );
    for (;;) {
      const { rows } = await client.query<Record<string, string | null>>(`fetch ${PARCEL} from ${CURSOR}`);
      yield* rows;
      if (rows.length < PARCEL) return;
    }
  } finally {
    await client.query('rollback').catch(() => {});
  }
}
