import { Secret } from '../../core/secret.ts';
import type { Process, Stack } from '../../core/stack.ts';
import { readKey } from './read-key.ts';
import { refusePassingOn } from './refuse-passing-on.ts';

/**
 * The mocks' process with the keys of the providers that it passes calls on to, read anew for each start: on its input,
 * since a variable is there to be read for whatever runs as the same user.
 */
export async function handOverKeys(stack: Stack, process: Process, signal: AbortSignal): Promise<Process> {
  const { mocks, environment } = stack;
  if (!mocks || process.name !== mocks.process || mocks.passedOn.length === 0) return process;
  refusePassingOn(stack);
  const keys: Record<string, string> = {};
  // One after the other: each may ask somebody for something.
  for (const one of mocks.passedOn) keys[one.provider] = (await readKey(one, environment.path, signal)).reveal();
  return { ...process, input: new Secret(JSON.stringify(keys)) };
}
