import type { KeysChange } from '../../core/data/key-diff.ts';
import type { KeptLives } from '../../core/data/redis-copies.ts';
import type { BornLife } from '../../data/postgres/index.ts';
import {
  age,
  compareKeys,
  dropKeys,
  dropOutdated,
  duplicate,
  emptyKeys,
  type Followed,
  type FollowOptions,
  follow,
  makeSpares,
  type RedisServer,
  readKeys,
  readMarks,
  setMark,
} from '../../data/redis/copies/index.ts';
import type { Follower, Following, When } from './follower.ts';
import type { KeptBeside } from './kept-beside.ts';

/** How the keys of a Redis differ; null where they can't be compared. */
export interface ComparedKeys {
  readonly service: string;
  readonly databases: readonly KeysChange[] | null;
  /** Why not. */
  readonly why: string | null;
}

/** A Redis whose keys go with a database. */
export class RedisFollower implements Follower {
  readonly name: string;
  readonly #redis: RedisServer;
  readonly #kept: KeptBeside;
  readonly #following: Following;

  constructor(redis: RedisServer, kept: KeptBeside, following: Following) {
    this.name = redis.name;
    this.#redis = redis;
    this.#kept = kept;
    this.#following = following;
  }

  async follow(life: BornLife, when: When): Promise<Followed> {
    const how = await this.#redis.within((connection) => follow(connection, life, this.#options(when)));
    if (how === 'loaded') this.#following.say(`${this.name}: no copy of its keys was ready, so they were loaded first`);
    if (how === 'lost')
      this.#following.say(`${this.name}: nothing is kept of its keys from then, so they stay as they are`);
    return how;
  }

  keep(copy: string, now: string): Promise<void> {
    return this.#redis.within(async (connection) => {
      const whole = await duplicate(connection, { id: `keep ${copy}`, generation: '', now });
      await this.#kept.keep(copy, this.name, readKeys(connection, whole));
      await dropKeys(connection, whole);
    });
  }

  async keepForUndo(generation: string, now: string): Promise<void> {
    await this.#redis.within((connection) => duplicate(connection, { id: `life${generation}`, generation, now }));
  }

  async goOn(generation: string): Promise<void> {
    await this.#redis.within((connection) => setMark(connection, 'generation', generation));
  }

  /** Keys of before are the user's, as a database with content of its own is. */
  beginLoad(generation: string): Promise<void> {
    return this.#redis.within(async (connection) => {
      if ((await readMarks(connection))?.isEmpty) await setMark(connection, 'generation', generation);
    });
  }

  endLoad(generation: string): Promise<void> {
    return this.#redis.within(async (connection) => {
      if ((await readMarks(connection))?.generation === generation) await emptyKeys(connection);
    });
  }

  async dropOutdated(lives: KeptLives): Promise<void> {
    await this.#redis.within((connection) => dropOutdated(connection, lives));
  }

  /** What a `follow` that was told `soon` has left to others. */
  age(): Promise<void> {
    return this.#redis.within(async (connection) => {
      if (await readMarks(connection)) await age(connection, 'all');
    });
  }

  /** Copies of what these lives lead to, which wait for the next `follow`. */
  async makeSpares(lives: KeptLives, now: string): Promise<void> {
    await this.#redis.within((connection) => makeSpares(connection, lives, this.#options({ now, aging: 'all' })));
  }

  /** The life that it led until the `follow` of that time. */
  async lifeLedUntil(now: string): Promise<string | null> {
    const marks = await this.#redis.within(readMarks);
    return marks?.copies.find(({ created, generation }) => created === now && generation !== null)?.generation ?? null;
  }

  /** How the keys beside one copy in Postgres differ from those beside another, or with null from the live ones. */
  async compare(before: string, after: string | null): Promise<ComparedKeys> {
    const [was, is] = [await this.#keptBeside(before), after === null ? null : await this.#keptBeside(after)];
    const service = this.name;
    if (!was || (after !== null && !is))
      return { service, databases: null, why: 'nothing is kept of its keys from then' };
    const options = this.#options({ now: new Date().toISOString(), aging: 'all' });
    const databases = await this.#redis.within((connection) => compareKeys(connection, [was, is], options));
    return { service, databases, why: databases ? null : 'none of its databases is free for that' };
  }

  #keptBeside(copy: string): ReturnType<FollowOptions['kept']> {
    return this.#kept.find(copy, this.name);
  }

  #options(when: When): FollowOptions {
    return { ...when, kept: (origin) => this.#keptBeside(origin), signal: this.#following.signal };
  }
}
