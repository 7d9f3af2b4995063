/** For those who show what the mocks tell. */
export type { Mode } from '../../mocks/modes.ts';
export type { LoggedCall, MocksState, Totals, WholeCall } from '../../mocks/protocol.ts';
