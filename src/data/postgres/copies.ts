import type { Copy, CopyKind } from '../../core/data/copies.ts';
import { refusePrepared } from './blockers.ts';
import { copyContent } from './content.ts';
import { copyName, isCopyName } from './copy-name.ts';
import { type Copied, whileTold } from './copy-progress.ts';
import { whileEnding } from './end-clients.ts';
import { applyProperties, readProperties } from './properties.ts';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

export type CopyMarks = Omit<Copy, 'name' | 'sizeBytes'>;

/** Settings of the database itself (pg_db_role_setting), where no client can forge them; `complete` is written last. */
const MARKS = ['kind', 'live', 'baseline', 'label', 'created', 'complete'] as const;

type MarkName = (typeof MARKS)[number];

/** The whole copies of the live database, the oldest first. What has no mark of completion was cut off. */
export async function readCopies(server: PostgresServer): Promise<readonly Copy[]> {
  return (await readDatabase(server)).copies;
}

export interface DatabaseSizes {
  /** Of the live one; null where there is none at the moment. */
  readonly sizeBytes: number | null;
  readonly copies: readonly Copy[];
}

/** The live database and its whole copies, the oldest first. */
export function readDatabase(server: PostgresServer): Promise<DatabaseSizes> {
  return server.within(MAINTENANCE, async (client) => {
    const found = await readMarks(client, { measured: true });
    const copies = found
      .filter(({ marks }) => marks.get('live') === server.live && marks.get('complete') === 'yes')
      .map(({ name, marks, sizeBytes }) => ({ name, sizeBytes, ...marksOf(marks) }))
      .sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0));
    return { sizeBytes: found.find(({ name }) => name === server.live)?.sizeBytes ?? null, copies };
  });
}

/** Names of copies that were cut off while they were made. */
export function readHalfMade(server: PostgresServer): Promise<readonly string[]> {
  return server.within(MAINTENANCE, async (client) => {
    const found = await readMarks(client, { measured: false });
    return found
      .filter(
        ({ name, marks }) => marks.get('live') === server.live || (!marks.has('live') && isCopyName(server.live, name)),
      )
      .filter(({ marks }) => marks.get('complete') !== 'yes')
      .map(({ name }) => name);
  });
}

/**
 * Copies a database. Who is connected to it is cut off, and newcomers wait until that is over. FILE_COPY: the default
 * writes every page to the log as well, which took eight times as long for 550 MB.
 */
export function makeCopy(
  server: PostgresServer,
  { from, tag, copied, ...marks }: CopySource & CopyMarks,
): Promise<string> {
  return copyDatabase(server, { from, name: copyName(server.live, marks.kind, tag), copied }, marks);
}

/** A copy for the swap that follows at once: it counts as half-made, and goes should that swap never come. */
export function makeIncoming(server: PostgresServer, source: CopySource): Promise<string> {
  return makeUnmarked(server, { ...source, kind: 'spare' });
}

/** A copy that counts as half-made until somebody marks it as whole. */
export function makeUnmarked(
  server: PostgresServer,
  { from, tag, copied, kind }: CopySource & { readonly kind: CopyKind },
): Promise<string> {
  return copyDatabase(server, { from, name: copyName(server.live, kind, tag), copied }, null);
}

interface CopySource {
  readonly from: string;
  readonly tag: string;
  /** Hears how far it is. */
  readonly copied?: Copied | undefined;
}

async function copyDatabase(
  server: PostgresServer,
  { from, name, copied }: Omit<CopySource, 'tag'> & { readonly name: string },
  marks: CopyMarks | null,
): Promise<string> {
  await server.within(MAINTENANCE, async (client) => {
    await refusePrepared(client, from);
    const [to, source] = [client.escapeIdentifier(name), client.escapeIdentifier(from)];
    const sql = `create database ${to} template ${source} ${await strategy(client)} allow_connections false`;
    const make = () => whileEnding(server, from, () => client.query(sql));
    await (copied ? whileTold(server, from, copied, make) : make());
    await client.query('begin');
    await applyProperties(client, name, await readProperties(client, from));
    await copyContent(client, from, name);
    if (marks) await mark(client, name, { ...marks, live: server.live });
    await client.query('commit');
  });
  return name;
}

export async function dropCopy(server: PostgresServer, name: string): Promise<void> {
  await server.within(MAINTENANCE, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  );
}

/** Marks a database as a whole copy, in the transaction that it is called in; on a live one they go by `unmark`. */
export async function mark(
  client: Client,
  database: string,
  marks: CopyMarks & { readonly live: string },
): Promise<void> {
  const values: Readonly<Record<MarkName, string>> = { ...marks, baseline: marks.baseline ?? '', complete: 'yes' };
  for (const name of MARKS) {
    const value = client.escapeLiteral(values[name]);
    await client.query(`alter database ${client.escapeIdentifier(database)} set devenv.${name} = ${value}`);
  }
}

/** What nobody needs any more, and `tidy` drops. */
export async function markHalfMade(client: Client, database: string): Promise<void> {
  await client.query(`alter database ${client.escapeIdentifier(database)} reset devenv.complete`);
}

export async function unmark(client: Client, database: string): Promise<void> {
  for (const name of MARKS) {
    await client.query(`alter database ${client.escapeIdentifier(database)} reset devenv.${name}`);
  }
}

/** STRATEGY came with Postgres 15; before it every copy was made by files. */
async function strategy(client: Client): Promise<string> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  return (rows[0]?.version ?? 0) >= 150_000 ? 'strategy file_copy' : '';
}

interface Marked {
  readonly name: string;
  readonly marks: ReadonlyMap<string, string>;
  readonly open: boolean;
  /** 0 where it was not measured. */
  readonly sizeBytes: number;
}

/** Every database of the server, with the marks that it bears. To measure them takes longer the more tables there are. */
export async function readMarks(
  client: Client,
  { measured }: { readonly measured: boolean },
): Promise<readonly Marked[]> {
  const { rows } = await client.query<{ name: string; open: boolean; config: readonly string[] | null; size: string }>(
    `select d.datname as name, d.datallowconn as open, s.setconfig as config,
            case when $1 then pg_catalog.pg_database_size(d.oid) end as size
       from pg_catalog.pg_database d
       left join pg_catalog.pg_db_role_setting s on s.setdatabase = d.oid and s.setrole = 0
      where not d.datistemplate`,
    [measured],
  );
  return rows.map(({ name, open, config, size }) => ({
    name,
    open,
    sizeBytes: Number(size),
    marks: new Map(
      (config ?? [])
        .filter((one) => one.startsWith('devenv.'))
        .map((one) => {
          const at = one.indexOf('=');
          return [one.slice('devenv.'.length, at), one.slice(at + 1)] as const;
        }),
    ),
  }));
}

function marksOf(marks: ReadonlyMap<string, string>): CopyMarks {
  return {
    kind: marks.get('kind') as CopyKind,
    baseline: marks.get('baseline') || null,
    label: marks.get('label') ?? '',
    created: marks.get('created') ?? '',
  };
}
