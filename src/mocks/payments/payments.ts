import type { Answer, Call, Provider } from '../provider.ts';
import { answerOf } from './api/answer.ts';
import { Api, type Outcome } from './api/api.ts';
import { crossOrigin } from './api/cross-origin.ts';
import { idempotencyKey, inProgress } from './api/idempotency.ts';
import { OtherVersions } from './api/other-versions.ts';
import type { PaymentsOptions } from './options.ts';
import { Pages } from './pages/pages.ts';
import { RESOURCES } from './resources/index.ts';
import type { Called } from './store/change.ts';
import { type Packed, pack, unpack } from './store/pack.ts';
import { Store } from './store/store.ts';
import { stripeJs } from './stripe-js/answer.ts';
import type { Delivery } from './webhooks/delivery.ts';
import { endpointsFor, OWN_ENDPOINT } from './webhooks/endpoints.ts';
import { Webhooks } from './webhooks/webhooks.ts';

const STEPS_AT_ONCE = 500;

export interface Payments extends AsyncDisposable {
  readonly stripe: Provider;
  /** One entry of the journal, in their order, before the first call. The clock is moved by whoever owns it. */
  replay(change: Packed): void;
  /** Begins to tell endpoints what happened, also what an earlier process left. */
  start(): void;
  /** Does what has fallen due by the clock's time; calls do it too. */
  settle(): Promise<void>;
  /** Oldest first. */
  deliveries(): readonly Delivery[];
  /** Tells an event once more to all who were told; false for one that nobody was told. */
  resend(event: string): Promise<boolean>;
  /** All there is as changes, from which a shorter journal can be made. */
  state(): Iterable<Packed>;
}

export function createPayments(options: PaymentsOptions): Payments {
  return new StripeMock(options);
}

class StripeMock implements Payments {
  readonly stripe: Provider = {
    name: 'stripe',
    answer: (call) => this.#answer(call),
    advance: (toMs) => this.#advance(toMs),
  };
  readonly #options: PaymentsOptions;
  readonly #store = new Store();
  readonly #api: Api;
  readonly #pages = new Pages(RESOURCES.flatMap(({ pages }) => pages ?? []));
  readonly #webhooks: Webhooks;
  readonly #versions: OtherVersions;
  /** Keys of calls whose change is on its way to the disk. */
  readonly #inProgress = new Set<string>();
  /** Resolves when the time that goes by has gone by: calls wait for it. */
  #advancing: Promise<void> = Promise.resolve();
  /** Until here all that falls due has happened, also if the clock's owner hasn't moved it yet. */
  #reachedMs = 0;
  /** When it resolves, all that any call has seen is durable. */
  #durable: Promise<void> = Promise.resolve();

  constructor(options: PaymentsOptions) {
    this.#options = options;
    const { seed, keys, publicUrl, webhook, dunningEnd = 'canceled', wallClock = Date.now } = options;
    this.#api = new Api({
      seed,
      wallClock,
      keys,
      publicUrl,
      dunningEnd,
      resources: RESOURCES,
      endpointsFor: (type, tx) => endpointsFor(type, tx, webhook !== null),
    });
    this.#versions = new OtherVersions(options.tell ?? (() => {}));
    this.#webhooks = new Webhooks({
      store: this.#store,
      own: webhook && { id: OWN_ENDPOINT, url: webhook.url, secret: keys.webhookSecret },
      wallClock,
      commit: (change) => options.commit(change),
      replied: options.replied ?? (() => {}),
      failed: options.failed ?? (() => {}),
    });
  }

  replay(packed: Packed): void {
    const change = unpack(packed);
    if (change.is === 'delivered') this.#webhooks.apply(change);
    else {
      this.#store.apply(change);
      this.#webhooks.queue(change.outbox, change.events);
    }
  }

  start(): void {
    this.#webhooks.start();
  }

  async settle(): Promise<void> {
    this.#settleUntil(this.#options.clock.now());
    await this.#durable;
  }

  deliveries(): readonly Delivery[] {
    return this.#webhooks.deliveries();
  }

  async resend(event: string): Promise<boolean> {
    const outbox = this.#webhooks.receivers(event);
    if (outbox.length === 0) return false;
    const clock = this.#options.clock.now();
    await this.#commit({ is: 'called', clock, serial: this.#store.serial, put: [], gone: [], events: [], outbox });
    return true;
  }

  *state(): Iterable<Packed> {
    const clock = this.#options.clock.now();
    const nothing = {
      is: 'called',
      clock,
      serial: this.#store.serial,
      put: [],
      gone: [],
      events: [],
      outbox: [],
    } as const;
    for (const part of this.#store.all()) yield pack({ ...nothing, ...part });
    const deliveries = this.deliveries();
    const events = [...new Map(deliveries.map(({ event }) => [event.id, event])).values()];
    const outbox = deliveries.map(({ event, endpoint }) => ({ event: event.id, endpoint: endpoint.id }));
    yield pack({ ...nothing, events, outbox });
    for (const { event, endpoint, attempts } of deliveries) {
      // As of the first time: which one it was counts only while an attempt is under way.
      const of = { is: 'delivered', event: event.id, endpoint: endpoint.id, round: 0 } as const;
      for (const attempt of attempts) yield { ...of, ...attempt };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#webhooks[Symbol.asyncDispose]();
    // A call that could not be noted has said so itself.
    await this.#durable.catch(() => {});
  }

  async #answer(call: Call): Promise<Answer> {
    if (call.method === 'OPTIONS') return crossOrigin();
    const script = stripeJs(call.method, call.path);
    if (script) return script;
    await this.#advancing;
    const now = Math.max(this.#options.clock.tick(), this.#reachedMs);
    this.#settleUntil(now);
    if (call.path.startsWith('/pay/')) return this.#show(call, now);
    this.#versions.notice(call);
    const key = keyOf(call);
    if (key !== null && this.#inProgress.has(key)) return answerOf(call, this.#api.failure(inProgress(key), now));
    const outcome = this.#api.decide(call, this.#store, now);
    await this.#settled(outcome, key);
    // A test clock goes on by itself once it was told to.
    this.#settleUntil(now);
    return answerOf(call, outcome);
  }

  async #show(call: Call, now: number): Promise<Answer> {
    const { answer, change } = this.#pages.show(call, this.#api.transaction(this.#store, now));
    await (change ? this.#commit(change) : this.#durable);
    return answer;
  }

  /** An answer never tells of what could still be lost, not even what another call has done. */
  async #settled({ change }: Outcome, key: string | null): Promise<void> {
    if (!change) return this.#durable;
    if (key !== null) this.#inProgress.add(key);
    try {
      await this.#commit(change);
    } finally {
      if (key !== null) this.#inProgress.delete(key);
    }
  }

  #commit(change: Called): Promise<void> {
    this.#store.apply(change);
    this.#durable = this.#options.commit(pack(change)).then(() => {
      // Nobody is told what could still be lost.
      this.#webhooks.queue(change.outbox, change.events);
      this.#webhooks.wake();
    });
    return this.#durable;
  }

  async #advance(toMs: number): Promise<void> {
    const before = this.#advancing;
    const advanced = before.then(() => this.#settleInTurns(toMs));
    this.#advancing = advanced.catch(() => {});
    await advanced;
  }

  /** Years of many subscriptions are much at once: others get their turn, and the journal its time. */
  async #settleInTurns(toMs: number): Promise<void> {
    while (!this.#settleSome(toMs, STEPS_AT_ONCE)) await this.#durable;
    this.#reachedMs = Math.max(this.#reachedMs, toMs);
    await this.#durable;
  }

  #settleUntil(now: number): void {
    this.#settleSome(now, Number.POSITIVE_INFINITY);
  }

  /** Whether all of it is done. */
  #settleSome(now: number, most: number): boolean {
    for (let steps = 0; steps < most; steps++) {
      const due = this.#store.firstDue(null, now);
      if (!due) return true;
      const change = this.#api.settle(due, this.#store);
      if (change) this.#commit(change).catch(this.#options.failed ?? (() => {}));
    }
    return false;
  }
}

/** A key that is too long is refused where the call is decided. */
function keyOf(call: Call): string | null {
  try {
    return idempotencyKey(call);
  } catch {
    return null;
  }
}
