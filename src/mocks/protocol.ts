import type { Mode } from './modes.ts';
import type { ProviderName } from './provider.ts';
import type { Totals } from './server/call-log.ts';

export type { LoggedCall, Totals, WholeCall } from './server/call-log.ts';

/** Which life the mocks are to lead: see `Lives.lead`. */
export interface Leading {
  readonly life: string;
  readonly same: boolean;
}

/** What the mocks of an environment say of themselves. */
export interface MocksState {
  readonly environment: string;
  readonly pid: number;
  /** ISO 8601, of the mocks' own clock. */
  readonly clock: string;
  /** Addresses that they answer on, `127.0.0.1:4100`. */
  readonly listening: readonly string[];
  readonly totals: Totals;
  /** By provider, those that are answered for. */
  readonly modes: Readonly<Partial<Record<ProviderName, Mode>>>;
}
