import type { Called, Remembered } from './change.ts';
import { Collection } from './collection.ts';
import type { Due } from './due.ts';
import { DueQueue } from './due-queue.ts';
import { INDEXES, type Kept, type Kind, type Kinds, ROOMS, SATELLITES } from './kinds.ts';

/** Answers that a retried call gets again, at most. */
const REMEMBERED = 10_000;
/** https://docs.stripe.com/api/idempotent_requests: they may be forgotten after a day. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/** The state: all objects, and the answers that may be asked for again. Only `apply` changes it. */
export class Store {
  readonly #collections = new Map<string, Collection>();
  readonly #due = new DueQueue((due) => this.find('devenv.due', due.id) === due);
  readonly #remembered = new Map<string, Remembered>();
  #oldestKeys: string[] = [];
  #serial = 0;

  get serial(): number {
    return this.#serial;
  }

  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    return this.collection(kind).get(id) as Kinds[K] | undefined;
  }

  /** Whatever has this id. */
  any(id: string): Kept | undefined {
    for (const collection of this.#collections.values()) {
      const found = collection.get(id);
      if (found) return found;
    }
    return undefined;
  }

  collection(kind: Kind): Collection {
    const found = this.#collections.get(kind);
    if (found) return found;
    const made = new Collection(ROOMS[kind], (INDEXES as Record<string, readonly string[]>)[kind] ?? []);
    this.#collections.set(kind, made);
    return made;
  }

  remembered(key: string, nowMs: number): Remembered | undefined {
    const remembered = this.#remembered.get(key);
    return remembered && nowMs - remembered.at < REMEMBERED_MS ? remembered : undefined;
  }

  /** The first thing that is due by this time of a clock. */
  firstDue(clock: string | null, at: number): Due | null {
    return this.#due.first(clock, at);
  }

  apply(change: Called): void {
    this.#serial = change.serial;
    for (const object of change.put) this.#put(object);
    for (const id of change.gone) this.#delete(id);
    for (const event of change.events) this.#put(event);
    if (change.remembered) this.#remember(change.remembered);
  }

  /** All there is, as changes that give it again. */
  *all(): Iterable<Pick<Called, 'put' | 'remembered'>> {
    for (const kind of Object.keys(ROOMS) as Kind[]) {
      const { size } = this.collection(kind);
      if (size > 0) yield { put: [...this.collection(kind).oldestFirst()] };
    }
    for (const remembered of this.#remembered.values()) yield { put: [], remembered };
  }

  /** For what the mock itself notes on an object, apart from all calls. */
  replace<O extends Kept>(object: O): void {
    this.#put(object);
  }

  #put(object: Kept): void {
    const collection = this.collection(object.object as Kind);
    collection.put(object);
    if (object.object === 'devenv.due') this.#due.add(object as Due);
    for (let id = collection.overflow(); id !== null; id = collection.overflow()) this.#deleteFrom(collection, id);
  }

  #delete(id: string): void {
    for (const collection of this.#collections.values()) {
      if (collection.get(id)) this.#deleteFrom(collection, id);
    }
  }

  #deleteFrom(collection: Collection, id: string): void {
    collection.delete(id);
    for (const satellite of SATELLITES) this.#collections.get(`devenv.${satellite}`)?.delete(`${id}.${satellite}`);
  }

  #remember(remembered: Remembered): void {
    this.#remembered.set(remembered.key, remembered);
    this.#oldestKeys.push(remembered.key);
    if (this.#remembered.size > REMEMBERED) {
      const half = this.#oldestKeys.length - REMEMBERED / 2;
      for (const key of this.#oldestKeys.slice(0, half)) this.#remembered.delete(key);
      this.#oldestKeys = this.#oldestKeys.slice(half);
    }
  }
}
