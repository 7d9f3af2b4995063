import { type Client, MAINTENANCE } from './server.ts';

type Within<C> = <T>(database: string, use: (client: C) => Promise<T>) => Promise<T>;

interface Open<C> {
  readonly client: C;
  end(): Promise<void>;
}

/**
 * Keeps one connection to the maintenance database from one use to the next: a verb asks there a dozen times, and each
 * connection of its own would take 15 ms. One whose use failed may be in the middle of something, and is ended.
 */
export function holdConnection<C extends Client>(connect: Within<C>): { readonly within: Within<C> } & AsyncDisposable {
  let idle: Open<C> | null = null;
  let disposed = false;
  const take = async (): Promise<Open<C>> => {
    const held = idle;
    idle = null;
    if (held && (await answers(held))) return held;
    return open(connect);
  };
  const within: Within<C> = async (database, use) => {
    if (database !== MAINTENANCE) return connect(database, use);
    const taken = await take();
    let whole = false;
    try {
      const done = await use(taken.client);
      whole = true;
      return done;
    } finally {
      // Of two things done at once the other may have failed, and ended all.
      if (whole && idle === null && !disposed) idle = taken;
      else await taken.end();
    }
  };
  return {
    within,
    async [Symbol.asyncDispose]() {
      disposed = true;
      await idle?.end();
      idle = null;
    },
  };
}

function open<C>(connect: Within<C>): Promise<Open<C>> {
  return new Promise((resolve, reject) => {
    let letGo = (): void => {};
    const used = new Promise<void>((over) => {
      letGo = over;
    });
    const closed = connect(MAINTENANCE, (client) => {
      resolve({
        client,
        end: () => {
          letGo();
          return closed;
        },
      });
      return used;
    });
    closed.catch(reject);
  });
}

/** Not where the server was started anew, or somebody has ended the connection, since it was used. */
async function answers(held: Open<Client>): Promise<boolean> {
  try {
    await held.client.query('select 1');
    return true;
  } catch {
    await held.end().catch(() => {});
    return false;
  }
}
