import type { Stripe } from 'stripe';

/** `outside`: its address is not of this environment, and was never contacted. */
type DeliveryState = 'pending' | 'delivered' | 'failed' | 'outside';

/** One event for one endpoint, and what became of it. */
export interface Delivery {
  readonly event: Stripe.EventBase;
  readonly endpoint: Endpoint;
  readonly state: DeliveryState;
  readonly attempts: readonly Attempt[];
  /** How often it was asked for again: an attempt that began before doesn't count for it. */
  readonly round: number;
  /** Not before this time of the wall, in milliseconds. */
  readonly notBefore: number;
}

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

/** How the app replied, or that it didn't. */
export interface Attempt {
  /** Wall clock, milliseconds. */
  readonly at: number;
  /** Null where there was no reply. */
  readonly status: number | null;
  /** Its first characters; where there was none, why. */
  readonly reply: string;
  readonly tookMs: number;
}

export function isSuccess({ status }: Attempt): boolean {
  return status !== null && status >= 200 && status < 300;
}
