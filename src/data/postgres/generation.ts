import type { Life } from '../../core/data/redis-copies.ts';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

/**
 * Which life a database leads, as settings of itself: they go with it when it is renamed, and copies don't get them. What
 * is live gets another one with each reset and restore, in the transaction of the swap; what else belongs to the data,
 * keys of Redis, follows it.
 */
const GENERATION = 'devenv.generation';
const ORIGIN = 'devenv.origin';

export interface BornLife extends Life {
  readonly generation: string;
}

export function readLife(server: PostgresServer): Promise<Life> {
  return server.within(MAINTENANCE, (client) => lifeOf(client, server.live));
}

export async function lifeOf(client: Client, database: string): Promise<Life> {
  return (await livesOf(client)).get(database) ?? { generation: null, origin: '' };
}

/** Of each database that leads one. */
export function readLives(server: PostgresServer): Promise<ReadonlyMap<string, BornLife>> {
  return server.within(MAINTENANCE, livesOf);
}

async function livesOf(client: Client): Promise<ReadonlyMap<string, BornLife>> {
  const { rows } = await client.query<{ name: string; config: readonly string[] }>(
    `select d.datname as name, s.setconfig as config
         from pg_catalog.pg_db_role_setting s join pg_catalog.pg_database d on d.oid = s.setdatabase
        where s.setrole = 0`,
  );
  return new Map(
    rows.flatMap(({ name, config }) => {
      const settingOf = (setting: string) =>
        config.find((one) => one.startsWith(`${setting}=`))?.slice(setting.length + 1);
      const generation = settingOf(GENERATION);
      return generation ? [[name, { generation, origin: settingOf(ORIGIN) ?? '' }] as const] : [];
    }),
  );
}

/**
 * Lets something follow the life that the database leads: one without a mark begins `first`. Once it has followed, what
 * is there is what belongs to the life, whatever becomes of it.
 */
export function withLife<T>(server: PostgresServer, first: string, follow: (life: BornLife) => Promise<T>): Promise<T> {
  return server.within(MAINTENANCE, async (client) => {
    const found = (await livesOf(client)).get(server.live);
    const life = found ?? { generation: first, origin: '' };
    if (!found) await begin(client, server.live, life);
    const done = await follow(life);
    if (life.origin !== '') await begin(client, server.live, { ...life, origin: '' });
    return done;
  });
}

export async function setLife(server: PostgresServer, life: BornLife, database = server.live): Promise<void> {
  await server.within(MAINTENANCE, (client) => begin(client, database, life));
}

/** The generation last: without it the other means nothing. Part of the transaction that it is called in. */
export async function begin(client: Client, database: string, { generation, origin }: BornLife): Promise<void> {
  const name = client.escapeIdentifier(database);
  await client.query(`alter database ${name} set ${ORIGIN} = ${client.escapeLiteral(origin)}`);
  await client.query(`alter database ${name} set ${GENERATION} = ${client.escapeLiteral(generation)}`);
}
