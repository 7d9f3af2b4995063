import type { Stripe } from 'stripe';
import type { Delivered, Queued } from '../store/change.ts';
import type { Store } from '../store/store.ts';
import { type Attempt, type Delivery, type Endpoint, isSuccess } from './delivery.ts';
import { isLoopback, OWN_ENDPOINT } from './endpoints.ts';
import { Outbox } from './outbox.ts';
import { Sender } from './sender.ts';

export interface WebhooksParts {
  readonly store: Store;
  /** The endpoint of the configuration. */
  readonly own: Endpoint | null;
  readonly wallClock: () => number;
  /** Makes an attempt durable. */
  readonly commit: (change: Delivered) => Promise<void>;
  /** Told of each attempt: what the app replied. */
  readonly replied: (delivery: Delivery, attempt: Attempt) => void;
  readonly failed: (error: unknown) => void;
}

/** Tells endpoints what happened, at least once, each in its order. */
export class Webhooks implements AsyncDisposable {
  readonly #parts: WebhooksParts;
  readonly #outbox = new Outbox();
  readonly #sender: Sender;
  #started = false;

  constructor(parts: WebhooksParts) {
    this.#parts = parts;
    this.#sender = new Sender({
      outbox: this.#outbox,
      wallClock: parts.wallClock,
      failed: parts.failed,
      attempted: (delivery, attempt) => this.#attempted(delivery, attempt),
    });
  }

  /** Begins to send, also what an earlier process left. */
  start(): void {
    this.#started = true;
    this.#sender.wake();
  }

  wake(): void {
    if (this.#started) this.#sender.wake();
  }

  /** Oldest first. */
  deliveries(): readonly Delivery[] {
    return [...this.#outbox.all()];
  }

  /** To whom an event was told: what has to be queued to tell them again. */
  receivers(event: string): readonly Queued[] {
    const found = this.deliveries().filter((delivery) => delivery.event.id === event);
    return found.map(({ endpoint }) => ({ event, endpoint: endpoint.id }));
  }

  /** Puts events where they wait; those of endpoints that are gone are forgotten. */
  queue(queued: readonly Queued[], events: readonly Stripe.EventBase[]): void {
    for (const { event: id, endpoint: endpointId } of queued) {
      const before = this.#outbox.get(id, endpointId);
      const event = events.find((one) => one.id === id) ?? before?.event;
      const endpoint = this.#endpoint(endpointId) ?? before?.endpoint;
      if (!event || !endpoint) continue;
      const state = endpointId === OWN_ENDPOINT || isLoopback(endpoint) ? 'pending' : 'outside';
      this.#outbox.add({ event, endpoint, state, attempts: [], round: before ? before.round + 1 : 0, notBefore: 0 });
    }
  }

  /** What an attempt has led to, now or in an earlier process. */
  apply({ is: _, event, endpoint, round, ...attempt }: Delivered): Delivery | null {
    const after = this.#outbox.attempted(event, endpoint, round, attempt);
    const kept = this.#parts.store.find('event', event);
    if (kept && isSuccess(attempt)) {
      this.#parts.store.replace({ ...kept, pending_webhooks: Math.max(0, kept.pending_webhooks - 1) });
    }
    return after;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sender[Symbol.asyncDispose]();
  }

  async #attempted({ event, endpoint, round }: Delivery, attempt: Attempt): Promise<void> {
    const change: Delivered = { is: 'delivered', event: event.id, endpoint: endpoint.id, round, ...attempt };
    const after = this.apply(change);
    if (after) this.#parts.replied(after, attempt);
    await this.#parts.commit(change);
  }

  #endpoint(id: string): Endpoint | null {
    if (id === OWN_ENDPOINT) return this.#parts.own;
    const found = this.#parts.store.find('webhook_endpoint', id);
    return found
      ? { id, url: found.url, secret: this.#parts.store.find('devenv.secret', `${id}.secret`)?.secret ?? '' }
      : null;
  }
}
