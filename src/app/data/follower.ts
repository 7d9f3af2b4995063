import type { KeptLives } from '../../core/data/redis-copies.ts';
import type { BornLife } from '../../data/postgres/index.ts';
import type { Followed, FollowOptions } from '../../data/redis/copies/index.ts';

export interface Following {
  /** Hears of what somebody should know. */
  readonly say: (message: string) => void;
  readonly signal: AbortSignal;
}

export interface When extends Pick<FollowOptions, 'aging'> {
  /** ISO 8601. */
  readonly now: string;
}

/** Something that goes with a database: what it holds is that of the life which the database leads. */
export interface Follower {
  /** Of the service or process. */
  readonly name: string;
  /** Brings it to that life. It may be called at any time, and be cut off. */
  follow(life: BornLife, when: When): Promise<Followed>;
  /** Keeps what it holds now beside a copy in Postgres. */
  keep(copy: string, now: string): Promise<void>;
  /** Before something is written into what is live: what it holds stays within reach under its life. */
  keepForUndo(generation: string, now: string): Promise<void>;
  /** What it holds goes on as that life. */
  goOn(generation: string): Promise<void>;
  /** Before a first load: what holds nothing yet is marked, so that `endLoad` can empty it. */
  beginLoad(generation: string): Promise<void>;
  /** Takes back what a first load has put into it. */
  endLoad(generation: string, now: string): Promise<void>;
  /** Lets go what none of these lives leads to. */
  dropOutdated(lives: KeptLives): Promise<void>;
}
