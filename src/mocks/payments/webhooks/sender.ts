import { messageOf } from '../../../core/errors.ts';
import type { Attempt, Delivery } from './delivery.ts';
import type { Outbox } from './outbox.ts';
import { signature } from './signature.ts';

/** Stripe waits about as long. */
const LONGEST_REPLY_MS = 10_000;
/** Of a reply that much is kept. */
const KEPT_CHARACTERS = 1024;

export interface SenderParts {
  readonly outbox: Outbox;
  readonly wallClock: () => number;
  /** Told of each attempt, before the next one to the same endpoint begins. */
  readonly attempted: (delivery: Delivery, attempt: Attempt) => Promise<void>;
  /** The attempt could not be noted: it will be made again after a restart. */
  readonly failed: (error: unknown) => void;
}

/** Sends what waits in the outbox: to each endpoint one event after the other, to several at once. */
export class Sender implements AsyncDisposable {
  readonly #parts: SenderParts;
  readonly #stop = new AbortController();
  readonly #busy = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Something was added, or it is time again. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    clearTimeout(this.#timer);
    const now = this.#parts.wallClock();
    const next = this.#parts.outbox.next(now, (endpoint) => this.#busy.has(endpoint));
    for (const delivery of next.now) {
      const { id } = delivery.endpoint;
      const done = this.#attempt(delivery).then(() => {
        this.#busy.delete(id);
        this.wake();
      });
      this.#busy.set(id, done.catch(this.#parts.failed));
    }
    if (next.again !== null) this.#timer = setTimeout(() => this.wake(), Math.max(1, next.again - now));
    // Waiting for an app that isn't there must not keep a process alive that has nothing else to do.
    this.#timer?.unref();
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const at = this.#parts.wallClock();
    const replied = await this.#post(delivery, at);
    if (this.#stop.signal.aborted) return;
    await this.#parts.attempted(delivery, { at, ...replied, tookMs: this.#parts.wallClock() - at });
  }

  async #post({ event, endpoint }: Delivery, at: number): Promise<Pick<Attempt, 'status' | 'reply'>> {
    const body = JSON.stringify(event, null, 2);
    try {
      const response = await fetch(endpoint.url, {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (devenv mock)',
          'stripe-signature': signature(body, endpoint.secret, Math.floor(at / 1000)),
        },
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(LONGEST_REPLY_MS)]),
      });
      return { status: response.status, reply: (await response.text()).slice(0, KEPT_CHARACTERS) };
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      return { status: null, reply: messageOf(cause) };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#busy.values());
  }
}
