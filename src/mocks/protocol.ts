export type { EventDelivery, LoggedCall, MocksState, WaitingFault, WholeCall } from '../core/mocks.ts';

/** Which life the mocks are to lead: see `Lives.lead`. */
export interface Leading {
  readonly life: string;
  readonly same: boolean;
}

/** Which deliveries are meant: those of these events; else the last ones. */
export interface WhichDeliveries {
  readonly events?: readonly string[];
  readonly last?: number;
}
