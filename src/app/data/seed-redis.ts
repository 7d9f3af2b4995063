import type { Description } from '../../core/data/description.ts';
import { UserError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Service, Stack } from '../../core/stack.ts';
import type { LoadingServer } from '../../data/postgres/index.ts';
import { readRows } from '../../data/postgres/seeding/index.ts';
import { loadRedis } from '../../data/redis/load.ts';
import { planRedis } from '../../data/redis/plan.ts';
import type { Schema } from '../../data/seed/schema.ts';
import type { World } from '../../data/seed/values/index.ts';
import { withRedis } from '../../engines/redis-connection.ts';
import { ownRedis } from './redis-server.ts';
import { endpointOf } from './server.ts';

export interface SeedRedisOptions {
  readonly replace: boolean;
  readonly signal: AbortSignal;
  readonly progress: (keys: number) => void;
  readonly say: (text: string) => void;
}

/** `service`: the Postgres that is seeded. */
export interface SeededEnvironment {
  readonly stack: Stack;
  readonly runtime: Runtime;
  readonly service: string;
}

/** How keys were written. */
export interface SeededKeys {
  readonly service: string;
  readonly written: number;
  /** Of keys that existed. */
  readonly kept: number;
}

type Described = NonNullable<Description['redis']>;

/** Writes a description's keys into the environment's Redis services, also from rows of its database. */
export async function seedRedis(
  { stack, runtime, service: database }: SeededEnvironment,
  server: LoadingServer,
  redis: Described,
  { schema, world }: { readonly schema: Schema; readonly world: World },
  { replace, signal, progress, say }: SeedRedisOptions,
): Promise<readonly SeededKeys[]> {
  const parts = byService(stack, redis);
  for (const { service } of parts) {
    const leader = stack.services.find(({ content }) => content?.redis.includes(service.name))?.name ?? database;
    if (leader !== database) {
      say(
        `${service.name}: its keys go back with ${leader}, not with ${database}; redis: [${service.name}] in the data of ${database} says otherwise`,
      );
    }
    await ownRedis(stack, runtime, service, signal);
  }
  const seeded: SeededKeys[] = [];
  for (const { service, described } of parts) {
    const before = seeded.reduce((sum, { written, kept }) => sum + written + kept, 0);
    const done = await server.within(server.live, (client) =>
      withRedis(service, endpointOf(service), signal, (connection) =>
        loadRedis(planRedis(described, world), {
          connection,
          rowsOf: (table, columns) => readRows(client, schema, table, columns),
          replace,
          signal,
          progress: (keys) => progress(before + keys),
        }),
      ),
    );
    seeded.push({ service: service.name, ...done });
  }
  return seeded;
}

/** Which keys each of the services gets. */
function byService({ services }: Stack, redis: Described): readonly { service: Service; described: Described }[] {
  const found = services.filter(({ engine }) => engine === 'redis');
  const parts = new Map<Service, Record<string, Described[string]>>();
  for (const [name, keys] of Object.entries(redis)) {
    const service = serviceFor(found, name, keys.service);
    parts.set(service, { ...parts.get(service), [name]: keys });
  }
  return [...parts].map(([service, described]) => ({ service, described }));
}

function serviceFor(found: readonly Service[], keys: string, named: string | undefined): Service {
  const names = found.map(({ name }) => name).join(', ');
  const [only] = found;
  const service = named === undefined && found.length === 1 ? only : found.find(({ name }) => name === named);
  if (service) return service;
  if (found.length === 0) {
    throw new UserError('the seed has keys, and there is no Redis', {
      code: 'usage',
      hints: ['services: { cache: { engine: redis } } gives one.'],
    });
  }
  throw new UserError(
    named === undefined
      ? `redis.${keys}: which of ${names} gets the keys?`
      : `redis.${keys}.service: there is no Redis ${named}`,
    {
      code: 'usage',
      hints: named === undefined ? [`service: ${only?.name} there says so.`] : [`There are: ${names}.`],
    },
  );
}
