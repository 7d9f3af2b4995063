import { EMPTY, type KeptLives, SAME } from '../../core/data/redis-copies.ts';
import type { Stack } from '../../core/stack.ts';
import { type BornLife, tagOf } from '../../data/postgres/index.ts';
import type { Followed, KeyParcel } from '../../data/redis/copies/index.ts';
import type { MocksClient } from '../../mocks/client.ts';
import { wholeLines } from '../../mocks/journal.ts';
import { Lives } from '../../mocks/lives.ts';
import type { Leading } from '../../mocks/protocol.ts';
import { clientOf } from '../mocks/client-of.ts';
import { mocksFolder } from '../mocks/folder.ts';
import type { Follower } from './follower.ts';
import type { KeptBeside } from './kept-beside.ts';

/** Lines of a journal that are kept as one row. */
const PARCEL_LINES = 1_000;

/** What the mocks of an environment know: a journal for each life of the database that it goes with. */
export class MocksFollower implements Follower {
  readonly name: string;
  readonly #lives: Lives;
  readonly #client: MocksClient;
  readonly #kept: KeptBeside;

  constructor(name: string, lives: Lives, client: MocksClient, kept: KeptBeside) {
    this.name = name;
    this.#lives = lives;
    this.#client = client;
    this.#kept = kept;
  }

  async follow({ generation, origin }: BornLife): Promise<Followed> {
    const live = await this.#lives.live();
    if (live === generation) return 'as it was';
    if (await this.#lives.has(generation)) return this.#lead(generation, 'swapped');
    if (origin === '' || origin === SAME) return this.#lead(generation, 'adopted');
    const found = origin === EMPTY ? null : await this.#kept.find(origin, this.name);
    if (!found) return this.#lead(generation, 'emptied');
    await found.read((parcels) => this.#lives.write(generation, linesOf(parcels)));
    return this.#lead(generation, 'loaded');
  }

  /** Which life it leads; null where nobody has said so. */
  live(): Promise<string | null> {
    return this.#lives.live();
  }

  keep(copy: string): Promise<void> {
    return this.#kept.keep(copy, this.name, this.#read());
  }

  /** As it is now: what was answered is in it. */
  async *#read(): AsyncIterable<KeyParcel> {
    let lines: string[] = [];
    for await (const line of wholeLines(await this.#lives.journal())) {
      lines.push(line);
      if (lines.length < PARCEL_LINES) continue;
      yield parcelOf(lines);
      lines = [];
    }
    if (lines.length > 0) yield parcelOf(lines);
  }

  /** Each life has its journal already. */
  async keepForUndo(): Promise<void> {}

  /** What is there goes on as another life; what it was until now is kept under the one before. */
  async goOn(generation: string): Promise<void> {
    await this.#lead(generation, 'adopted');
  }

  /** It needs no mark to be emptied. */
  async beginLoad(): Promise<void> {}

  /** Begins anew under a name that nothing else leads to. */
  async endLoad(generation: string, now: string): Promise<void> {
    await this.#lead(`${generation}-${tagOf(now)}`, 'emptied');
  }

  dropOutdated({ generations }: KeptLives): Promise<void> {
    return this.#lives.drop(generations);
  }

  async #lead(life: string, how: Followed): Promise<Followed> {
    await leadLife(this.#lives, this.#client, { life, same: how === 'adopted' });
    return how;
  }
}

/** Null where nothing is mocked, or what the mocks know doesn't go with this service. */
export function mocksFollower({ environment, mocks }: Stack, service: string, kept: KeptBeside): MocksFollower | null {
  if (mocks?.follows !== service) return null;
  return new MocksFollower(mocks.process, new Lives(mocksFolder(environment.id)), clientOf(mocks), kept);
}

/**
 * Whoever answers for the mocks does it between two calls; where nobody does, it is a matter of files. One that has begun
 * to answer meanwhile may have read the files before: it is asked then.
 */
export async function leadLife(lives: Lives, client: MocksClient, { life, same }: Leading): Promise<void> {
  if (await client.lead({ life, same })) return;
  await lives.lead(life, { same });
  await client.lead({ life, same: false });
}

function parcelOf(lines: readonly string[]): KeyParcel {
  const keys = lines.map((line) => ({ key: Buffer.alloc(0), ttl: 0, payload: Buffer.from(line) }));
  return { database: 0, keys };
}

async function* linesOf(parcels: AsyncIterable<KeyParcel>): AsyncIterable<Uint8Array> {
  for await (const { keys } of parcels) yield Buffer.from(keys.map(({ payload }) => `${payload}\n`).join(''));
}
