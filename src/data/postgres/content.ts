import type { Life } from '../../core/data/redis-copies.ts';
import type { ObservedContent } from '../../core/observed.ts';
import { lifeOf } from './generation.ts';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

/**
 * How far a database has been loaded, as a setting of itself (pg_db_role_setting). It goes with the database when that is
 * renamed, and copies are given it.
 */
const STATE = 'devenv.content';
const BASELINE = 'devenv.loaded';

/** How a database is loaded, and which life it leads. */
export type Standing = ObservedContent & { readonly life: Life };

export async function readContent(server: PostgresServer): Promise<Standing> {
  const { live } = server;
  const { state, baseline, ...found } = await server.within(MAINTENANCE, async (client) => ({
    ...(await contentOf(client, live)),
    ...(await standingOf(client, live)),
  }));
  if (state === 'begun' || state === 'loaded') return { state, baseline, ...found };
  // Before something has come into its place there may be no such database.
  if (found.parked) return { state: 'begun', baseline: null, ...found };
  return { state: (await server.within(live, isEmpty)) ? 'empty' : 'foreign', baseline: null, ...found };
}

/** The same without its content: also of one that somebody has dropped. */
export function readStanding(server: PostgresServer): Promise<Pick<Standing, 'life' | 'parked'>> {
  return server.within(MAINTENANCE, (client) => standingOf(client, server.live));
}

async function standingOf(client: Client, live: string) {
  return { life: await lifeOf(client, live), parked: await isParked(client, live) };
}

async function isParked(client: Client, live: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    'select exists (select from pg_catalog.pg_db_role_setting where setrole = 0 and setconfig @> $1) as found',
    [['devenv.kind=parked', `devenv.live=${live}`]],
  );
  return rows[0]?.found === true;
}

export async function markContent(server: PostgresServer, state: 'begun' | 'loaded', baseline: string): Promise<void> {
  await server.within(MAINTENANCE, (client) => setContent(client, server.live, { state, baseline }));
}

/** What one database was given, another one gets. */
export async function copyContent(client: Client, from: string, to: string): Promise<void> {
  const { state, baseline } = await contentOf(client, from);
  if (state !== null && baseline !== null) await setContent(client, to, { state, baseline });
}

/** Hash of what a database was loaded from; null where devenv has not loaded it. */
export async function loadedBaseline(server: PostgresServer, database: string): Promise<string | null> {
  const { state, baseline } = await server.within(MAINTENANCE, (client) => contentOf(client, database));
  return state === 'loaded' ? baseline : null;
}

interface Content {
  readonly state: string | null;
  readonly baseline: string | null;
}

async function contentOf(client: Client, database: string): Promise<Content> {
  const { rows } = await client.query<{ config: readonly string[] | null }>(
    `select s.setconfig as config
       from pg_catalog.pg_db_role_setting s join pg_catalog.pg_database d on d.oid = s.setdatabase
      where s.setrole = 0 and d.datname = $1`,
    [database],
  );
  const settingOf = (name: string) =>
    rows[0]?.config?.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  return { state: settingOf(STATE), baseline: settingOf(BASELINE) };
}

/** The state last: without it the other means nothing. */
export async function setContent(
  client: Client,
  database: string,
  { state, baseline }: { [K in keyof Content]: string },
): Promise<void> {
  const name = client.escapeIdentifier(database);
  await client.query(`alter database ${name} set ${BASELINE} = ${client.escapeLiteral(baseline)}`);
  await client.query(`alter database ${name} set ${STATE} = ${client.escapeLiteral(state)}`);
}

/** Nothing of the user's own: what extensions bring doesn't count. */
async function isEmpty(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (
       select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
          and not exists (select from pg_catalog.pg_depend d
                           where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     ) as found`,
  );
  return rows[0]?.found !== true;
}
