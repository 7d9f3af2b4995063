import { APP_DATABASES, DATABASES, EMPTY, SAME } from '../../core/data/redis-copies.ts';
import type { Runtime } from '../../core/runtime.ts';
import { findService, type Service, type Stack } from '../../core/stack.ts';
import { type PostgresServer, readLife, setLife, tagOf, withLife } from '../../data/postgres/index.ts';
import type { Followed } from '../../data/redis/copies/index.ts';
import type { Follower, Following, When } from './follower.ts';
import { KeptBeside } from './kept-beside.ts';
import { type MocksFollower, mocksFollower } from './mocks-follower.ts';
import { type ComparedKeys, RedisFollower } from './redis-follower.ts';
import { ownRedis } from './redis-server.ts';

/** What a follower did to go with its database. */
export interface FollowedKeys {
  readonly service: string;
  /** `anew`: emptied, and filled again by the seeds. */
  readonly how: Followed | 'anew';
}

/** What goes with a database. */
export interface Followers {
  readonly redis: readonly RedisFollower[];
  readonly mocks: MocksFollower | null;
}

/**
 * What goes with a database: the keys of Redis services, and what the mocks know. Postgres is changed first, but where an
 * empty database is loaded: it bears in the same transaction which life is to be followed, and what cuts that off is
 * mended by whoever calls `follow` next.
 */
export class Keys {
  readonly server: PostgresServer;
  readonly redis: readonly RedisFollower[];
  readonly mocks: MocksFollower | null;
  readonly #following: Following;

  constructor(server: PostgresServer, { redis, mocks }: Followers, following: Following) {
    this.server = server;
    this.redis = redis;
    this.mocks = mocks;
    this.#following = following;
  }

  get followers(): readonly Follower[] {
    return this.mocks ? [...this.redis, this.mocks] : this.redis;
  }

  say(message: string): void {
    this.#following.say(message);
  }

  /** Nothing goes with the database. */
  get isEmpty(): boolean {
    return this.followers.length === 0;
  }

  /** Of all that goes with it. */
  get names(): readonly string[] {
    return this.followers.map(({ name }) => name);
  }

  /** Brings all to the life that the database leads; one without a mark begins to bear one. */
  async follow(now = new Date().toISOString(), aging: When['aging'] = 'all'): Promise<readonly FollowedKeys[]> {
    if (this.isEmpty) return [];
    return withLife(this.server, firstLife(now), (life) =>
      Promise.all(
        this.followers.map(async (one) => ({ service: one.name, how: await one.follow(life, { now, aging }) })),
      ),
    );
  }

  /** Of what is live: one without a mark begins to bear one. */
  #generation(now: string): Promise<string> {
    return withLife(this.server, firstLife(now), async ({ generation }) => generation);
  }

  /** What a `follow` that was told `soon` has left to others. */
  async age(): Promise<void> {
    for (const redis of this.redis) await redis.age();
  }

  /** How the keys beside one copy in Postgres differ from those beside another, or with null from the live ones. */
  compare(before: string, after: string | null): Promise<readonly ComparedKeys[]> {
    return Promise.all(this.redis.map((redis) => redis.compare(before, after)));
  }

  /** Keeps all as it is now beside a copy in Postgres: before that is made, so that it is never without them. */
  async keep(copy: string, now: string): Promise<void> {
    for (const one of this.followers) await one.keep(copy, now);
  }

  /** Before something is written into what is live: all as it is goes with the database's copy for undo. Gives its life. */
  async keepForUndo(now: string): Promise<string> {
    if (this.isEmpty) return '';
    const generation = await this.#generation(now);
    for (const one of this.followers) await one.keepForUndo(generation, now);
    return generation;
  }

  /** What is live goes on as another life: it does so all the same where this is cut off. */
  async goOn(now: string): Promise<void> {
    const generation = tagOf(now);
    await setLife(this.server, { generation, origin: SAME });
    for (const one of this.followers) await one.goOn(generation);
    await setLife(this.server, { generation, origin: '' });
  }

  /** Begins a life with nothing in it, for a database that was emptied; what was there is kept under the one before. */
  async beginEmpty(now: string): Promise<void> {
    await setLife(this.server, { generation: tagOf(now), origin: EMPTY });
    await this.follow(now);
  }

  /** Before the first load. */
  async beginLoad(now: string): Promise<void> {
    if (this.isEmpty) return;
    const generation = await this.#generation(now);
    for (const one of this.followers) await one.beginLoad(generation);
  }

  /** Takes a first load back, before its database is emptied: that says until then what is to go. */
  async endLoad(): Promise<void> {
    const { generation } = await readLife(this.server);
    if (generation === null) return;
    const now = new Date().toISOString();
    for (const one of this.followers) await one.endLoad(generation, now);
  }

  /** After a load: all is of it now, and kept beside its baseline. */
  async keepLoaded(copy: string, now: string): Promise<void> {
    if (this.isEmpty) return;
    const generation = await this.#generation(now);
    for (const one of this.followers) await one.goOn(generation);
    await this.keep(copy, now);
  }

  /** Has the database lead a life from before, such as after a seed that failed; what goes with it has to follow then. */
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
  const kept = new KeptBeside(server);
  const redis = found.filter((one) => one !== null).map((one) => new RedisFollower(one, kept, following));
  return new Keys(server, { redis, mocks: mocksFollower(stack, service.name, kept) }, following);
}

/** Another one than what a reset or a seed at the same moment begins. */
function firstLife(now: string): string {
  return `first${tagOf(now)}`;
}

function tooSmall(name: string): string {
  return `${name}: its keys are neither kept nor reset: devenv needs ${DATABASES} databases, of which the app has ${APP_DATABASES}; data: { redis: false } says that this is meant`;
}
