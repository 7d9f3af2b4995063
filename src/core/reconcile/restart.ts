import type { Observed } from '../observed.ts';
import { type Plan, PlanBuilder, type Refusal, SUPERVISOR, stepId } from '../plan.ts';
import type { Process, Service, Stack } from '../stack.ts';
import { keptOf } from './kept.ts';
import { refusals } from './services.ts';

/**
 * Stops and starts what is named, everything without a name; what it needs is left as it is. As with compose, a restart
 * is of something that is there: nothing is begun where that isn't so, or where a process would wait for a need in vain.
 */
export function reconcileRestart(stack: Stack, observed: Observed, names: readonly string[]): Plan {
  const chosen = ({ name }: { readonly name: string }) => names.length === 0 || names.includes(name);
  const services = stack.services.filter(chosen);
  const processes = stack.processes.filter(chosen);
  const refused = [
    ...services.flatMap((service) => refusals(service, observed)),
    ...services.filter((service) => !isThere(observed, service)).map(nothingThere),
    ...[...services, ...processes].flatMap((subject) => withoutNeeds(subject, observed, [...services, ...processes])),
  ];
  const kept = keptOf([...stack.services, ...stack.processes], (name) =>
    chosen({ name }) ? null : 'it is not among those to restart',
  );
  return { steps: refused.length > 0 ? [] : restartSteps(services, processes), refusals: refused, kept };
}

function restartSteps(services: readonly Service[], processes: readonly Process[]): Plan['steps'] {
  const plan = new PlanBuilder();
  const cause = 'a restart was asked for';
  for (const { name, needs } of services) {
    const stopped = plan.add('stop-service', name, cause);
    const after = [stopped, ...needs.map((need) => stepId('ready-service', need))];
    plan.add('ready-service', name, 'it has to answer before others use it', [
      plan.add('start-service', name, cause, after),
    ]);
  }
  const supervisor = processes.length > 0 ? [plan.add('start-supervisor', SUPERVISOR, 'it owns the processes')] : [];
  for (const { name, needs } of processes) {
    const ready = needs.flatMap((need) => [stepId('ready-service', need), stepId('ready-process', need)]);
    const started = plan.add('start-process', name, cause, [...supervisor, ...ready]);
    plan.add('ready-process', name, 'others may need it', [started]);
  }
  return plan.steps();
}

/** One that has never run may still wait for its first content. */
function isThere(observed: Observed, { name }: Service): boolean {
  return observed.services.some((found) => found.name === name && found.state !== 'created');
}

function nothingThere({ name }: Service): Refusal {
  return {
    target: name,
    message: 'it was not started, so there is nothing to restart',
    code: 'failed',
    hints: [`devenv up ${name} starts it.`],
  };
}

/** What is restarted with it is there when it is needed. */
function withoutNeeds(
  { name, needs }: Service | Process,
  observed: Observed,
  restarted: readonly { readonly name: string }[],
): readonly Refusal[] {
  const missing = needs.filter((need) => !runs(observed, need) && !restarted.some((other) => other.name === need));
  if (missing.length === 0) return [];
  const verb = missing.length === 1 ? 'does' : 'do';
  return [
    {
      target: name,
      message: `it needs ${missing.join(' and ')}, which ${verb} not run`,
      code: 'failed',
      hints: [`devenv up ${name} starts it with everything that it needs.`],
    },
  ];
}

/** One that just starts is waited for; a process that is to end once counts when it has. */
function runs({ services, processes }: Observed, name: string): boolean {
  const state = [...services, ...processes].find((found) => found.name === name)?.state;
  return state === 'ready' || state === 'starting' || state === 'backoff' || state === 'done';
}
