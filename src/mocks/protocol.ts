import type { Totals } from './server/call-log.ts';

export type { LoggedCall, Totals, WholeCall } from './server/call-log.ts';

/** What the mocks of an environment say of themselves. */
export interface MocksState {
  readonly environment: string;
  readonly pid: number;
  /** ISO 8601, of the mocks' own clock. */
  readonly clock: string;
  /** Addresses that they answer on, `127.0.0.1:4100`. */
  readonly listening: readonly string[];
  readonly totals: Totals;
}
