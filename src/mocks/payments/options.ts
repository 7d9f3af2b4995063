import type { DunningEnd } from '../../core/mocks.ts';
import type { Clock } from '../clock.ts';
import type { Keys } from './api/authenticate.ts';
import type { Packed } from './store/pack.ts';
import type { Attempt, Delivery } from './webhooks/delivery.ts';

export interface PaymentsOptions {
  readonly seed: string;
  readonly clock: Clock;
  /** Minted for this environment; the webhook's secret signs what `webhook` is told. */
  readonly keys: Keys;
  /** Adds to the journal; no answer is given before it has resolved. */
  readonly commit: (change: Packed) => Promise<void>;
  /** Where a browser finds the mock's pages; no slash at its end. */
  readonly publicUrl: string;
  /** The process's endpoint, which is told all events. */
  readonly webhook: { readonly url: string } | null;
  /** After the last attempt to collect an invoice; `canceled` where nothing is said. */
  readonly dunningEnd?: DunningEnd;
  /** Milliseconds since 1970, of the wall: for signatures, the times between attempts, and times that apps give. */
  readonly wallClock?: () => number;
  /** Told of each attempt to deliver an event. */
  readonly replied?: (delivery: Delivery, attempt: Attempt) => void;
  /** Told once of what concerns all calls, such as the version that they ask for. */
  readonly tell?: (message: string) => void;
  /** What is nobody's mistake: a journal that can't be written. */
  readonly failed?: (error: unknown) => void;
}
