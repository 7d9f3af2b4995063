import type { KeysChange } from '../../core/data/key-diff.ts';
import { APP_DATABASES, DATABASES, EMPTY, SAME } from '../../core/data/redis-copies.ts';
import type { Runtime } from '../../core/runtime.ts';
import { findService, type Service, type Stack } from '../../core/stack.ts';
import {
  type BornLife,
  keepKeys,
  listKeptKeys,
  type PostgresServer,
  readLife,
  setLife,
  tagOf,
  withKeptKeys,
  withLife,
} from '../../data/postgres/index.ts';
import {
  age,
  compareKeys,
  dropKeys,
  duplicate,
  emptyKeys,
  type Followed,
  type FollowOptions,
  follow,
  type RedisServer,
  readKeys,
  readMarks,
  setMark,
} from '../../data/redis/copies/index.ts';
import { type MocksData, mocksDataOf } from './mocks-data.ts';
import { ownRedis } from './redis-server.ts';

/** What a Redis did to go with its environment's database. */
export interface FollowedKeys {
  readonly service: string;
  /** `anew`: emptied, and filled again by the seeds. */
  readonly how: Followed | 'anew';
}

/** How the keys of a Redis differ; null where they can't be compared. */
export interface ComparedKeys {
  readonly service: string;
  readonly databases: readonly KeysChange[] | null;
  /** Why not. */
  readonly why: string | null;
}

export interface Following {
  /** Hears of what somebody should know. */
  readonly say: (message: string) => void;
  readonly signal: AbortSignal;
}

/** What goes with a database. */
export interface Followers {
  readonly redis: readonly RedisServer[];
  readonly mocks: MocksData | null;
}

/**
 * The Redis services of an environment, whose keys go with its database. Postgres is changed first, but where an empty database is loaded: it bears in the
 * same transaction which life is to be followed, and what cuts that off is mended by whoever calls `follow` next.
 */
export class Keys {
  readonly server: PostgresServer;
  readonly redis: readonly RedisServer[];
  readonly mocks: MocksData | null;
  readonly #following: Following;

  constructor(server: PostgresServer, followers: Followers, following: Following) {
    this.server = server;
    this.redis = followers.redis;
    this.mocks = followers.mocks;
    this.#following = following;
  }

  say(message: string): void {
    this.#following.say(message);
  }

  /** Nothing goes with the database. */
  get isEmpty(): boolean {
    return this.redis.length === 0 && this.mocks === null;
  }

  /** Of all that goes with it. */
  get names(): readonly string[] {
    return [...this.redis.map(({ name }) => name), ...(this.mocks ? [this.mocks.name] : [])];
  }

  /** Brings all keys to the life that the database leads; one without a mark begins to bear one. */
  async follow(
    now = new Date().toISOString(),
    aging: FollowOptions['aging'] = 'all',
  ): Promise<readonly FollowedKeys[]> {
    if (this.isEmpty) return [];
    return withLife(this.server, firstLife(now), async (life) => {
      const redis = this.redis.map((one) => this.#followRedis(one, life, { now, aging }));
      return Promise.all([...redis, ...(this.mocks ? [this.#followMocks(this.mocks, life)] : [])]);
    });
  }

  async #followRedis(
    redis: RedisServer,
    life: BornLife,
    { now, aging }: Pick<FollowOptions, 'now' | 'aging'>,
  ): Promise<FollowedKeys> {
    const how = await redis.within((connection) => follow(connection, life, { ...this.options(redis, now), aging }));
    if (how === 'loaded')
      this.#following.say(`${redis.name}: no copy of its keys was ready, so they were loaded first`);
    if (how === 'lost')
      this.#following.say(`${redis.name}: nothing is kept of its keys from then, so they stay as they are`);
    return { service: redis.name, how };
  }

  async #followMocks(mocks: MocksData, life: BornLife): Promise<FollowedKeys> {
    const how = await mocks.follow(life, async (copy) => {
      const found = await this.#kept(copy, mocks.name);
      return found && ((use) => withKeptKeys(this.server, found, use));
    });
    return { service: mocks.name, how };
  }

  async #kept(copy: string, service: string) {
    return (await listKeptKeys(this.server)).find((one) => one.copy === copy && one.service === service) ?? null;
  }

  /** Of what is live: one without a mark begins to bear one. */
  #generation(now: string): Promise<string> {
    return withLife(this.server, firstLife(now), async ({ generation }) => generation);
  }

  /** What a copy in Postgres says of the keys of one Redis. */
  options(redis: RedisServer, now: string): FollowOptions {
    const { server } = this;
    const kept: FollowOptions['kept'] = async (origin) => {
      const found = await this.#kept(origin, redis.name);
      return found ? { databases: found.databases, read: (use) => withKeptKeys(server, found, use) } : null;
    };
    return { kept, now, aging: 'all', signal: this.#following.signal };
  }

  /** What a `follow` that was told `soon` has left to others. */
  async age(): Promise<void> {
    for (const redis of this.redis) {
      await redis.within(async (connection) => {
        if (await readMarks(connection)) await age(connection, 'all');
      });
    }
  }

  /** How the keys beside one copy in Postgres differ from those beside another, or with null from the live ones. */
  async compare(before: string, after: string | null): Promise<readonly ComparedKeys[]> {
    return Promise.all(
      this.redis.map(async (redis) => {
        const options = this.options(redis, new Date().toISOString());
        const [was, is] = [await options.kept(before), after === null ? null : await options.kept(after)];
        if (!was || (after !== null && !is))
          return { service: redis.name, databases: null, why: 'nothing is kept of its keys from then' };
        const databases = await redis.within((connection) => compareKeys(connection, [was, is], options));
        return { service: redis.name, databases, why: databases ? null : 'none of its databases is free for that' };
      }),
    );
  }

  /** Keeps all keys as they are now beside a copy in Postgres: before that is made, so that it is never without them. */
  async keep(copy: string, now: string): Promise<void> {
    for (const redis of this.redis) {
      await redis.within(async (connection) => {
        const whole = await duplicate(connection, { id: `keep ${copy}`, generation: '', now });
        await keepKeys(this.server, copy, redis.name, readKeys(connection, whole));
        await dropKeys(connection, whole);
      });
    }
    if (this.mocks) await keepKeys(this.server, copy, this.mocks.name, this.mocks.read());
  }

  /** Before something is written into what is live: keys as they are go with the database's copy for undo. Gives its life. */
  async keepForUndo(now: string): Promise<string> {
    if (this.isEmpty) return '';
    const generation = await this.#generation(now);
    for (const redis of this.redis) {
      await redis.within((connection) => duplicate(connection, { id: `life${generation}`, generation, now }));
    }
    return generation;
  }

  /** What is live goes on as another life: it does so all the same where this is cut off. */
  async goOn(now: string): Promise<void> {
    const generation = tagOf(now);
    await setLife(this.server, { generation, origin: SAME });
    for (const redis of this.redis) {
      await redis.within((connection) => setMark(connection, 'generation', generation));
    }
    await this.mocks?.goOn(generation);
    await setLife(this.server, { generation, origin: '' });
  }

  /** Begins a life without a key, for a database that was emptied; what was there is kept under the one before. */
  async beginEmpty(now: string): Promise<void> {
    await setLife(this.server, { generation: tagOf(now), origin: EMPTY });
    await this.follow(now);
  }

  /**
   * Before the first load: what holds no key yet is marked, so that it can be emptied again. Keys of before are the
   * user's, as a database with content of its own is.
   */
  async beginLoad(now: string): Promise<void> {
    if (this.isEmpty) return;
    const generation = await this.#generation(now);
    for (const redis of this.redis) {
      await redis.within(async (connection) => {
        if ((await readMarks(connection))?.isEmpty) await setMark(connection, 'generation', generation);
      });
    }
  }

  /** Takes a first load back, before its database is emptied: that says until then which keys are to go. */
  async endLoad(): Promise<void> {
    const { generation } = await readLife(this.server);
    for (const redis of this.redis) {
      await redis.within(async (connection) => {
        const found = await readMarks(connection);
        if (generation !== null && found?.generation === generation) await emptyKeys(connection);
      });
    }
    if (generation !== null) await this.mocks?.empty(`${generation}-${tagOf(new Date().toISOString())}`);
  }

  /** After a load: all keys are of it now, and kept beside its baseline. */
  async keepLoaded(copy: string, now: string): Promise<void> {
    if (this.isEmpty) return;
    const generation = await this.#generation(now);
    for (const redis of this.redis) {
      await redis.within((connection) => setMark(connection, 'generation', generation));
    }
    await this.mocks?.goOn(generation);
    await this.keep(copy, now);
  }

  /** Has the database lead a life from before, such as after a seed that failed; keys have to follow then. */
  async leadBack(server: PostgresServer, life: string): Promise<void> {
    if (!this.isEmpty) await setLife(server, { generation: life, origin: '' });
  }
}

/** Those that the configuration names, proven to be ours; who can take no part is named. */
export async function keysOf(
  stack: Stack,
  runtime: Runtime,
  service: Service,
  server: PostgresServer,
  following: Following,
): Promise<Keys> {
  const found = await Promise.all(
    (service.content?.redis ?? []).map(async (name) => {
      const named = findService(stack, name);
      const redis = named ? await ownRedis(stack, runtime, named, following.signal) : null;
      if (!redis) following.say(tooSmall(name));
      return redis;
    }),
  );
  const mocks = mocksDataOf(stack, service.name);
  return new Keys(server, { redis: found.filter((redis) => redis !== null), mocks }, following);
}

/** Another one than what a reset or a seed at the same moment begins. */
function firstLife(now: string): string {
  return `first${tagOf(now)}`;
}

function tooSmall(name: string): string {
  return `${name}: its keys are neither kept nor reset: devenv needs ${DATABASES} databases, of which the app has ${APP_DATABASES}; data: { redis: false } says that this is meant`;
}
