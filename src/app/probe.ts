import type { Endpoint, Service } from '../core/stack.ts';
import type { Check } from '../engines/engine.ts';
import { engineOf } from '../engines/index.ts';
import { timeLimit } from '../lib/time-limit.ts';

/** Of one look at what is there: nobody waits longer to hear that a server hangs. */
export const LOOK_MS = 1_000;

/**
 * One attempt to get an answer from a service, through the port that its readiness is about. A server that hangs still
 * has its connections accepted, by the system; after `ms` it counts as one that doesn't answer.
 */
export async function probe(
  service: Service,
  signal: AbortSignal,
  ms: number,
  endpoint: Endpoint = probeEndpoint(service),
): Promise<Check> {
  using limit = timeLimit(ms, signal);
  const found = await engineOf(service.engine).check(service, endpoint, limit.signal);
  if (found.state !== 'waiting' || !limit.isUp) return found;
  return { state: 'waiting', why: `it does not answer on ${endpoint.host}:${endpoint.port}` };
}

function probeEndpoint(service: Service): Endpoint {
  const port = service.ports.find((candidate) => candidate.name === service.ready?.port) ?? service.ports[0];
  return { host: '127.0.0.1', port: port?.host ?? 0 };
}
