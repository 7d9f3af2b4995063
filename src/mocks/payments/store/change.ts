import type { Stripe } from 'stripe';
import type { Kept } from './kinds.ts';

/** One entry of the journal. All of them in their order give the state again. */
export type Change = Called | Delivered;

/** What one call, one page or one thing that fell due has done; all of it, or nothing. */
export interface Called {
  readonly is: 'called';
  /** Milliseconds since 1970 of the mocks' clock. */
  readonly clock: number;
  /** The last number of which an id was made. */
  readonly serial: number;
  readonly put: readonly Kept[];
  readonly gone: readonly string[];
  readonly events: readonly Stripe.EventBase[];
  /** What has to be delivered: in this order per endpoint. */
  readonly outbox: readonly Queued[];
  readonly remembered?: Remembered;
}

/** An event that an endpoint has to be told. */
export interface Queued {
  readonly event: string;
  readonly endpoint: string;
}

/** The answer that a second call with the same idempotency key gets. */
export interface Remembered {
  readonly key: string;
  /** Of method, path and parameters. */
  readonly fingerprint: string;
  readonly request: string;
  readonly status: number;
  readonly body: unknown;
  /** Milliseconds since 1970 of the mocks' clock. */
  readonly at: number;
}

/** How an attempt to deliver ended. */
export interface Delivered {
  readonly is: 'delivered';
  readonly event: string;
  readonly endpoint: string;
  /** See Delivery. */
  readonly round: number;
  /** Wall clock, milliseconds. */
  readonly at: number;
  /** The app's reply; null: none came. */
  readonly status: number | null;
  readonly reply: string;
  readonly tookMs: number;
}
