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

/** Writes a description's keys into the environment's Redis, also from rows of its database. */
export async function seedRedis(
  { stack, runtime, service: database }: SeededEnvironment,
  server: LoadingServer,
  redis: NonNullable<Description['redis']>,
  { schema, world }: { readonly schema: Schema; readonly world: World },
  { replace, signal, progress, say }: SeedRedisOptions,
): Promise<SeededKeys> {
  const service = redisService(stack);
  const leader = stack.services.find(({ content }) => content?.redis.includes(service.name))?.name ?? database;
  if (leader !== database) {
    say(
      `${service.name}: its keys go back with ${leader}, not with ${database}; redis: [${service.name}] in the data of ${database} says otherwise`,
    );
  }
  await ownRedis(stack, runtime, service, signal);
  const done = await server.within(server.live, (client) =>
    withRedis(service, endpointOf(service), signal, (connection) =>
      loadRedis(planRedis(redis, world), {
        connection,
        rowsOf: (table, columns) => readRows(client, schema, table, columns),
        replace,
        signal,
        progress,
      }),
    ),
  );
  return { service: service.name, ...done };
}

function redisService({ services }: Stack): Service {
  const found = services.filter(({ engine }) => engine === 'redis');
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = found.map(({ name }) => name).join(', ');
  throw new UserError(
    found.length === 0 ? 'the seed has keys, and there is no Redis' : `which of ${names} gets the keys?`,
    {
      code: 'usage',
      hints:
        found.length === 0
          ? ['services: { cache: { engine: redis } } gives one.']
          : ['A seed fills one Redis for now.'],
    },
  );
}
