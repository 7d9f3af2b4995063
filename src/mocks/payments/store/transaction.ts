import type { Stripe } from 'stripe';
import type { DunningEnd } from '../../../core/mocks.ts';
import { missing } from '../api/errors.ts';
import { API_VERSION } from '../api/version.ts';
import { changedAttributes } from '../events/changed-attributes.ts';
import type { Called, Remembered } from './change.ts';
import { dueId } from './due.ts';
import { fieldOf } from './field-index.ts';
import { makeId } from './ids.ts';
import type { Field, Kept, Kind, Kinds } from './kinds.ts';
import type { Store } from './store.ts';

/** What caused a transaction. Null in both where no call did: a page, or time that went by. */
export interface Cause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}

/** What it happens in. */
export interface Setting {
  readonly seed: string;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** The same, of the wall: by it apps compute the times that they give. */
  readonly wallClock: () => number;
  readonly cause: Cause;
  /** Where a browser finds the mock's pages; no slash at its end. */
  readonly publicUrl: string;
  readonly dunningEnd: DunningEnd;
  /** Endpoints that are told an event of this type. */
  readonly endpointsFor: (type: string, tx: Transaction) => readonly string[];
  /** What else happens because something did, in the same transaction. */
  readonly follow: (type: string, object: unknown, tx: Transaction) => void;
}

/**
 * One call's view of the state, and what it changes. Nothing of it is in the store until its change is applied, so that a
 * call that fails has done nothing.
 */
export class Transaction {
  readonly #store: Store;
  readonly #setting: Setting;
  readonly #written = new Map<string, Kept | null>();
  readonly #events: { event: Stripe.EventBase; endpoints: readonly string[] }[] = [];
  #serial: number;
  /** The time of a test clock, where what happens is of one. */
  #frozenMs: number | null = null;
  /** Moved, in the currency's smallest unit: what would have been charged. */
  moved: { readonly amount: number; readonly currency: string } | null = null;

  constructor(store: Store, setting: Setting) {
    this.#store = store;
    this.#setting = setting;
    this.#serial = store.serial;
  }

  get nowMs(): number {
    return this.#frozenMs ?? this.#setting.nowMs;
  }

  /** The environment's own clock, whichever one is told from here on. */
  get environmentMs(): number {
    return this.#setting.nowMs;
  }

  /** Whether it is the time of a test clock. */
  get isFrozen(): boolean {
    return this.#frozenMs !== null;
  }

  /** Seconds since 1970, of the wall. */
  get wallNow(): number {
    return Math.floor(this.#setting.wallClock() / 1000);
  }

  /** From here on it is the time of this test clock; null: of the environment's. */
  liveBy(id: string | null): void {
    const clock = id === null ? undefined : this.find('test_helpers.test_clock', id);
    this.#frozenMs = clock ? clock.frozen_time * 1000 : null;
  }

  /** What would come of it, from what is so far. Nothing of that stays. */
  imagine<T>(what: (imagined: Transaction) => T): T {
    const imagined = new Transaction(this.#store, this.#setting);
    for (const [id, object] of this.#written) imagined.#written.set(id, object);
    imagined.#serial = this.#serial;
    imagined.#frozenMs = this.#frozenMs;
    return what(imagined);
  }

  /** From here on it is that time, in seconds: for what is only imagined. */
  imagineAt(time: number): void {
    this.#frozenMs = time * 1000;
  }

  /** Seconds since 1970, as Stripe tells time. */
  get now(): number {
    return Math.floor(this.nowMs / 1000);
  }

  /** What becomes of a subscription after the last attempt to collect an invoice. */
  get dunningEnd(): DunningEnd {
    return this.#setting.dunningEnd;
  }

  get publicUrl(): string {
    return this.#setting.publicUrl;
  }

  id(prefix: string): string {
    this.#serial += 1;
    return makeId(this.#setting.seed, this.#serial, prefix);
  }

  find<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    const written = this.#written.get(id);
    if (written === undefined) return this.#store.find(kind, id);
    return written?.object === kind ? (written as Kinds[K]) : undefined;
  }

  /** Fails as Stripe does where there is none: `param` is where the id was given. */
  get<K extends Kind>(kind: K, id: string, param = 'id'): Kinds[K] {
    const found = this.find(kind, id);
    if (!found) throw missing(kind, id, param);
    return found;
  }

  /** Whether it was made in this transaction. */
  isNew(kind: Kind, id: string): boolean {
    return this.#store.find(kind, id) === undefined;
  }

  any(id: string): Kept | undefined {
    const written = this.#written.get(id);
    return written === undefined ? this.#store.any(id) : (written ?? undefined);
  }

  /** Newest first. */
  *all<K extends Kind>(kind: K): Iterable<Kinds[K]> {
    yield* this.#new(kind);
    for (const object of this.#store.collection(kind).newestFirst()) yield* this.#current(object, kind);
  }

  /** Those whose field has this value, newest first. */
  *where<K extends Kind>(kind: K, field: Field<K>, value: unknown): Iterable<Kinds[K]> {
    const indexed = this.#store.collection(kind).where(field, value);
    if (!indexed) {
      for (const object of this.all(kind)) if (fieldOf(object, field) === value) yield object;
      return;
    }
    for (const [id, object] of [...this.#written].reverse()) {
      const had = this.#store.find(kind, id);
      const isNew = had === undefined || fieldOf(had, field) !== value;
      if (object?.object === kind && isNew && fieldOf(object, field) === value) yield object as Kinds[K];
    }
    for (const object of indexed)
      for (const current of this.#current(object, kind)) if (fieldOf(current, field) === value) yield current;
  }

  put<O extends Kept>(object: O): O {
    this.#written.set(object.id, object);
    return object;
  }

  remove(id: string): void {
    this.#written.set(id, null);
  }

  /** Something happens to this object at this time, in milliseconds; what was to happen before doesn't. */
  schedule(of: string, at: number, clock: string | null = null): void {
    this.put({ id: dueId(of), object: 'devenv.due', at, clock, of });
  }

  unschedule(of: string): void {
    if (this.find('devenv.due', dueId(of))) this.remove(dueId(of));
  }

  emit(type: Stripe.Event.Type, object: unknown, previous?: Readonly<Record<string, unknown>>): void {
    const endpoints = this.#setting.endpointsFor(type, this);
    const event = {
      id: this.id('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: this.now,
      data: { object: object as Stripe.Event.Data.Object, ...(previous && { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: endpoints.length,
      request: { ...this.#setting.cause },
      type,
    } satisfies Stripe.EventBase;
    this.#events.push({ event, endpoints });
    this.#setting.follow(type, object, this);
  }

  /** What has been told of this object already is told as it is now, because only that is seen outside. */
  retell(type: Stripe.Event.Type, object: Kept): void {
    for (const told of this.#events) {
      if (told.event.type !== type || (told.event.data.object as unknown as Kept).id !== object.id) continue;
      told.event = { ...told.event, data: { ...told.event.data, object: object as never } };
    }
  }

  /** Puts what follows on an object, and tells of it with what was before. */
  update<O extends Kept>(type: Stripe.Event.Type, before: O, after: O): O {
    this.put(after);
    this.emit(type, after, changedAttributes(before, after));
    return after;
  }

  /** Null where nothing was done. */
  change(remembered?: Remembered): Called | null {
    if (this.#written.size === 0 && this.#events.length === 0 && !remembered) return null;
    return {
      is: 'called',
      clock: this.#setting.nowMs,
      serial: this.#serial,
      put: [...this.#written.values()].filter((object) => object !== null),
      gone: [...this.#written].flatMap(([id, object]) => (object ? [] : [id])),
      events: this.#events.map(({ event }) => event),
      outbox: this.#events.flatMap(({ event, endpoints }) =>
        endpoints.map((endpoint) => ({ event: event.id, endpoint })),
      ),
      ...(remembered && { remembered }),
    };
  }

  *#new<K extends Kind>(kind: K): Iterable<Kinds[K]> {
    for (const object of [...this.#written.values()].reverse())
      if (object?.object === kind && !this.#store.find(kind, object.id)) yield object as Kinds[K];
  }

  *#current<K extends Kind>(object: Kept, kind: K): Iterable<Kinds[K]> {
    const current = this.find(kind, object.id);
    if (current) yield current;
  }
}
