import { UserError } from '../../core/errors.ts';
import { LOG_CALLS } from '../../core/mocks.ts';
import type { MocksClient } from '../../mocks/client.ts';
import type { MocksState } from '../../mocks/protocol.ts';
import { type OpenEnvironment, openEnvironment } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { clientOf } from './client-of.ts';

export interface RunningMocks {
  readonly client: MocksClient;
  readonly state: MocksState;
  readonly opened: OpenEnvironment;
}

/** The mocks of this checkout. Throws a UserError where there are none, or they don't answer. */
export async function connectMocks(options: CommonOptions): Promise<RunningMocks> {
  const opened = await openEnvironment(options);
  const { mocks, environment } = opened.stack;
  if (!mocks) throw nothingMocked();
  const client = clientOf(mocks);
  const state = await client.state();
  if (state?.environment === environment.id) return { client, state, opened };
  throw new UserError('the mocks are not running', { hints: ['devenv up starts them.'] });
}

export function nothingMocked(): UserError {
  return new UserError('nothing is mocked here', {
    hints: ['Add to the configuration: mocks: { ai: {}, payments: {} }'],
  });
}

/** What the client has found of a call; else a UserError. `lacks`: why a call that is listed may lack it. */
export function known<T>(found: T | null, id: number, lacks?: string): T {
  if (found !== null) return found;
  throw new UserError(`the log has no call ${id}${lacks === undefined ? '' : `, or ${lacks}`}`, {
    hints: [`devenv mocks log lists those it has: the last ${LOG_CALLS.toLocaleString('en')}.`],
  });
}
