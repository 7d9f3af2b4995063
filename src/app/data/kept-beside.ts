import { keepKeys, listKeptKeys, type PostgresServer, withKeptKeys } from '../../data/postgres/index.ts';
import type { FollowOptions, KeyParcel } from '../../data/redis/copies/index.ts';

type Kept = NonNullable<Awaited<ReturnType<FollowOptions['kept']>>>;

/** What Postgres keeps of its followers beside its own copies. */
export class KeptBeside {
  readonly #server: PostgresServer;

  constructor(server: PostgresServer) {
    this.#server = server;
  }

  /** Of one follower, beside one copy; null where nothing is. */
  async find(copy: string, follower: string): Promise<Kept | null> {
    const all = await listKeptKeys(this.#server);
    const found = all.find((one) => one.copy === copy && one.service === follower);
    return found ? { databases: found.databases, read: (use) => withKeptKeys(this.#server, found, use) } : null;
  }

  keep(copy: string, follower: string, parcels: AsyncIterable<KeyParcel>): Promise<void> {
    return keepKeys(this.#server, copy, follower, parcels);
  }
}
