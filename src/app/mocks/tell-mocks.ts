import type { Runtime } from '../../core/runtime.ts';
import { Secret } from '../../core/secret.ts';
import type { Process, Stack } from '../../core/stack.ts';
import { type RealKeys, secondLine } from '../../mocks/input.ts';
import { openByName } from './open-by-name.ts';
import { readKey } from './read-key.ts';
import { refusePassingOn } from './refuse-passing-on.ts';

/**
 * The mocks' process with what is known only now: where the environment's containers look for it, and the keys of the
 * providers that it passes calls on to, read anew for each start. Every other process as it is.
 */
export async function tellMocks(
  stack: Stack,
  process: Process,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<Process> {
  const { mocks, environment } = stack;
  if (process.name !== mocks?.process) return process;
  const also = await runtime.hostAddress(environment.id);
  await openByName(mocks, also);
  const line = secondLine({ also, realKeys: await realKeys(stack, signal) });
  return { ...process, input: new Secret(`${process.input?.reveal()}${line}`) };
}

async function realKeys(stack: Stack, signal: AbortSignal): Promise<RealKeys> {
  const passedOn = stack.mocks?.passedOn ?? [];
  if (passedOn.length > 0) refusePassingOn(stack);
  const keys: Record<string, string> = {};
  // One after the other: each may ask somebody for something.
  for (const one of passedOn) keys[one.provider] = (await readKey(one, stack.environment.path, signal)).reveal();
  return keys;
}
