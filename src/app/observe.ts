import type { Observed, ObservedService } from '../core/observed.ts';
import type { Runtime } from '../core/runtime.ts';
import { findService, type Stack } from '../core/stack.ts';
import { isHookPending } from '../state/records.ts';
import { observeProcesses } from '../supervisor/observe.ts';
import { observeData } from './data/observe-content.ts';
import { serverOf } from './data/server.ts';
import { LOOK_MS, probe } from './probe.ts';

/** All that exists of an environment; what runs is asked whether it answers. */
export async function observe(stack: Stack, runtime: Runtime, signal: AbortSignal): Promise<Observed> {
  const { id } = stack.environment;
  const [found, processes, hookPending] = await Promise.all([
    runtime.observe(stack),
    observeProcesses(id),
    isHookPending(id),
  ]);
  const services = await Promise.all(found.services.map((service) => probed(stack, service, signal)));
  return { ...found, ...processes, hookPending, services };
}

/** The same where only the id is known; nothing is probed. */
export async function observeId(id: string, runtime: Runtime): Promise<Observed> {
  const [found, processes] = await Promise.all([runtime.observeId(id), observeProcesses(id)]);
  return { ...found, ...processes, hookPending: false };
}

async function probed(stack: Stack, found: ObservedService, signal: AbortSignal): Promise<ObservedService> {
  const service = findService(stack, found.name);
  // Where the runtime says why it isn't up, such as between two starts, there is nobody to ask.
  if (!service || found.state !== 'starting' || found.why !== undefined) return found;
  const check = await probe(service, signal, LOOK_MS);
  if (check.state !== 'ready') return { ...found, why: check.why };
  if (!service.content) return { ...found, state: 'ready' };
  return {
    ...found,
    state: 'ready',
    content: await observeData(stack, service, serverOf(service, signal), signal),
  };
}
