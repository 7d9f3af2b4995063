import type { Mocks } from '../../core/stack.ts';
import { type MocksClient, mocksClient } from '../../mocks/client.ts';

/** Who asks the mocks of an environment as devenv itself does. */
export function clientOf({ port, control }: Pick<Mocks, 'port' | 'control'>): MocksClient {
  return mocksClient({ port, token: control.reveal() });
}
