import { UserError } from '../../core/errors.ts';
import { type FaultKind, type MocksState, PROVIDERS, type ProviderName } from '../../core/mocks.ts';
import type { MocksClient } from '../../mocks/client.ts';
import { knownNames } from '../unknown-name.ts';

export interface Wanted {
  /** Undefined: whichever provider is called. */
  readonly provider: string | undefined;
  /** None takes back what waits, of all providers. */
  readonly kind: FaultKind | 'none';
  readonly times: number;
}

/** Lets the next calls meet a fault. */
export async function failNext(client: MocksClient, { provider, kind, times }: Wanted): Promise<MocksState> {
  const name = provider === undefined ? null : providerOf(provider);
  const state = kind === 'none' ? await client.forgive() : await client.fail({ provider: name, kind, times });
  if (state) return state;
  throw new UserError(`nothing is mocked of ${name}`, { hints: ['devenv env shows what is: the variables by mocks.'] });
}

function providerOf(name: string): ProviderName {
  const found = PROVIDERS.find((one) => one === name);
  if (found) return found;
  throw new UserError(`"${name}" is no provider`, { code: 'usage', hints: [knownNames(name, PROVIDERS)] });
}
