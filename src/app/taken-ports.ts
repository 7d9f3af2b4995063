import { UserError } from '../core/errors.ts';
import type { Observed } from '../core/observed.ts';
import type { Plan } from '../core/plan.ts';
import type { Stack } from '../core/stack.ts';
import { isPortFree, portHolder } from '../lib/port-holder.ts';

/** A kept port that somebody else took meanwhile is named with its holder, not silently changed. */
export async function refuseTakenPorts(stack: Stack, plan: Plan, observed: Observed): Promise<void> {
  const taken = await takenPorts(stack, plan, observed);
  if (taken.length === 0) return;
  const problems = await Promise.all(
    taken.map(async ({ name, port }) => `${name}: its port ${port} is held by ${await holderOf(port)}`),
  );
  throw new UserError(problems.join('\n'), {
    hints: ['End what holds it, or let this checkout take other ports: devenv up --new-ports.'],
  });
}

/** Ports that this plan would have things listen on, and somebody else has. */
export async function takenPorts(stack: Stack, plan: Plan, observed: Observed): Promise<readonly WantedPort[]> {
  const wanted = portsToOpen(stack, plan, observed);
  const free = await Promise.all(wanted.map(({ port }) => isPortFree(port)));
  return wanted.filter((_, index) => !free[index]);
}

interface WantedPort {
  readonly name: string;
  readonly port: number;
}

/** Of what this plan starts and doesn't end before: a thing that is replaced still holds its own port. */
function portsToOpen(stack: Stack, plan: Plan, observed: Observed): readonly WantedPort[] {
  const targets = (kind: string) => new Set(plan.steps.filter((step) => step.kind === kind).map((step) => step.target));
  const [starting, stopping] = [targets('start-service'), targets('stop-service')];
  // A paused one has its ports still.
  const running = new Set(observed.services.filter(({ state }) => state === 'starting').map(({ name }) => name));
  const services = stack.services
    .filter(({ name }) => starting.has(name) && !stopping.has(name) && !running.has(name))
    .flatMap(({ name, ports }) => ports.map((port) => ({ name, port: port.host })));
  const startingProcesses = targets('start-process');
  const living = new Set(observed.processes.filter(({ pid }) => pid !== null).map(({ name }) => name));
  const processes = stack.processes
    .filter(({ name }) => startingProcesses.has(name) && !living.has(name))
    .flatMap(({ name, port }) => (port === null ? [] : [{ name, port }]));
  return [...services, ...processes];
}

export async function holderOf(port: number): Promise<string> {
  const holder = await portHolder(port);
  return holder ? `${holder.command} (pid ${holder.pid})` : 'another program';
}
