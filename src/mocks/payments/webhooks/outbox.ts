import type { Attempt, Delivery } from './delivery.ts';
import { afterAttempt, isAside } from './retry.ts';

/** So many deliveries are kept, those that wait among them. */
const KEPT = 10_000;

/** What to do now: one delivery at most for each endpoint, and when to look again. */
export interface Next {
  readonly now: readonly Delivery[];
  /** Wall clock, milliseconds; null: when something is added. */
  readonly again: number | null;
}

/** All deliveries, in the order of their events; pure but for its own state. Sending is done elsewhere. */
export class Outbox {
  readonly #deliveries = new Map<string, Delivery>();
  readonly #pending = new Map<string, Map<string, Delivery>>();

  /** Once more, where it was delivered before. */
  add(delivery: Delivery): void {
    this.#set(delivery);
    if (this.#deliveries.size > KEPT) this.#drop();
  }

  get(event: string, endpoint: string): Delivery | undefined {
    return this.#deliveries.get(keyOf(event, endpoint));
  }

  /** Oldest first. */
  all(): Iterable<Delivery> {
    return this.#deliveries.values();
  }

  attempted(event: string, endpoint: string, round: number, attempt: Attempt): Delivery | null {
    const delivery = this.get(event, endpoint);
    if (delivery?.round !== round) return null;
    const after = afterAttempt(delivery, attempt);
    this.#set(after);
    return after;
  }

  next(now: number, isBusy: (endpoint: string) => boolean): Next {
    const ready: Delivery[] = [];
    let again: number | null = null;
    for (const [endpoint, lane] of this.#pending) {
      if (isBusy(endpoint)) continue;
      const first = firstOf(lane.values(), now);
      if (first.now) ready.push(first.now);
      else if (first.again !== null) again = Math.min(again ?? first.again, first.again);
    }
    return { now: ready, again };
  }

  #set(delivery: Delivery): void {
    const key = keyOf(delivery.event.id, delivery.endpoint.id);
    this.#deliveries.set(key, delivery);
    const lane = this.#pending.get(delivery.endpoint.id) ?? new Map<string, Delivery>();
    if (delivery.state === 'pending') lane.set(key, delivery);
    else lane.delete(key);
    if (lane.size > 0) this.#pending.set(delivery.endpoint.id, lane);
    else this.#pending.delete(delivery.endpoint.id);
  }

  #drop(): void {
    for (const [key, { endpoint }] of this.#deliveries) {
      this.#deliveries.delete(key);
      this.#pending.get(endpoint.id)?.delete(key);
      if (this.#deliveries.size <= KEPT * 0.9) return;
    }
  }
}

/** The first in order; one that stepped aside only when its time has come and none waits before it. */
function firstOf(
  lane: Iterable<Delivery>,
  now: number,
): { readonly now: Delivery | null; readonly again: number | null } {
  let again: number | null = null;
  for (const delivery of lane) {
    if (delivery.notBefore <= now) return { now: delivery, again: null };
    again = Math.min(again ?? delivery.notBefore, delivery.notBefore);
    if (!isAside(delivery)) return { now: null, again };
  }
  return { now: null, again };
}

function keyOf(event: string, endpoint: string): string {
  return `${event} ${endpoint}`;
}
