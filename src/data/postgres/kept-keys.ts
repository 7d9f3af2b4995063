import type { KeptKey, KeyParcel } from '../redis/copies/index.ts';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

/**
 * Keys of Redis as they were when a baseline or a snapshot was made. They stand beside it in the same server: so they go
 * where its data folder goes, to another checkout too, and FLUSHALL doesn't reach them.
 */
const TABLE = 'devenv.redis_keys';
const CREATE = `
create schema if not exists devenv;
create table if not exists ${TABLE} (
  copy text, service text, part int, count int, database int, keys bytea[], ttls bigint[], payloads bytea[],
  primary key (copy, service, part)
)`;

/** Keeps keys beside a copy, all or none; none is something as well. */
export async function keepKeys(
  server: PostgresServer,
  copy: string,
  service: string,
  parcels: AsyncIterable<KeyParcel>,
): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    await client.query(CREATE);
    await client.query('begin');
    try {
      await client.query(`delete from ${TABLE} where copy = $1 and service = $2`, [copy, service]);
      let part = 0;
      await add(client, [copy, service, part], { database: 0, keys: [] });
      for await (const parcel of parcels) {
        part += 1;
        await add(client, [copy, service, part], parcel);
      }
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  });
}

async function add(client: Client, place: readonly [string, string, number], { database, keys }: KeyParcel) {
  await client.query(`insert into ${TABLE} values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
    ...place,
    ...[keys.length, database],
    ...[keys.map(({ key }) => key), keys.map(({ ttl }) => ttl), keys.map(({ payload }) => payload)],
  ]);
}

export interface KeptKeysOf {
  readonly copy: string;
  readonly service: string;
  readonly keys: number;
  /** Databases of Redis that they are of. */
  readonly databases: readonly number[];
}

export function listKeptKeys(server: PostgresServer): Promise<readonly KeptKeysOf[]> {
  return server.within(MAINTENANCE, async (client) => {
    if (!(await isThere(client))) return [];
    const { rows } = await client.query<{ copy: string; service: string; keys: string; databases: number[] | null }>(
      `select copy, service, sum(count) as keys, array_agg(distinct database) filter (where count > 0) as databases
         from ${TABLE} group by copy, service`,
    );
    return rows.map(({ keys, databases, ...rest }) => ({ ...rest, keys: Number(keys), databases: databases ?? [] }));
  });
}

/** In the order in which they were kept; one parcel is in memory at a time. */
export async function* readKeptKeys(server: PostgresServer, copy: string, service: string): AsyncIterable<KeyParcel> {
  for (let part = 1; ; part += 1) {
    const parcel = await server.within(MAINTENANCE, async (client) => {
      const { rows } = await client.query<Row>(
        `select database, keys, ttls, payloads from ${TABLE} where copy = $1 and service = $2 and part = $3`,
        [copy, service, part],
      );
      return rows[0];
    });
    if (!parcel) return;
    yield { database: parcel.database, keys: parcel.keys.map((key, index) => keptKey(key, index, parcel)) };
  }
}

interface Row {
  readonly database: number;
  readonly keys: readonly Buffer[];
  readonly ttls: readonly string[];
  readonly payloads: readonly Buffer[];
}

function keptKey(key: Buffer, index: number, { ttls, payloads }: Row): KeptKey {
  return { key, ttl: Number(ttls[index] ?? 0), payload: payloads[index] ?? Buffer.alloc(0) };
}

/** Those beside copies that are no more. */
export async function dropKeptKeys(server: PostgresServer, but: readonly string[]): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    if (await isThere(client)) await client.query(`delete from ${TABLE} where copy <> all ($1)`, [but]);
  });
}

async function isThere(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select pg_catalog.to_regclass($1) is not null as found', [
    TABLE,
  ]);
  return rows[0]?.found === true;
}
