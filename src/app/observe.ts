import type { Observed, ObservedService } from '../core/observed.ts';
import type { Runtime } from '../core/runtime.ts';
import { type Endpoint, findService, type Service, type Stack } from '../core/stack.ts';
import type { Check } from '../engines/engine.ts';
import { engineOf } from '../engines/index.ts';
import { isHookPending } from '../state/records.ts';
import { observeProcesses } from '../supervisor/observe.ts';

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
  const check = await probe(service, signal);
  return check.state === 'ready' ? { ...found, state: 'ready' } : { ...found, why: check.why };
}

/** One attempt to get an answer from a service, through the port that its readiness is about. */
export async function probe(service: Service, signal: AbortSignal): Promise<Check> {
  return engineOf(service.engine).check(service, probeEndpoint(service), signal);
}

export function probeEndpoint(service: Service): Endpoint {
  const port = service.ports.find((candidate) => candidate.name === service.ready?.port) ?? service.ports[0];
  return { host: '127.0.0.1', port: port?.host ?? 0 };
}
