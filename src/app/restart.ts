import { execute } from '../core/execute.ts';
import { type Plan, PlanBuilder, SUPERVISOR, stepId } from '../core/plan.ts';
import type { Stack } from '../core/stack.ts';
import { keptOf } from './decisions.ts';
import { environmentLock } from './environment-lock.ts';
import { enterEnvironment, openCheckout } from './open.ts';
import type { CommonOptions } from './options.ts';
import { performUp } from './perform.ts';
import { refuseUnknown } from './unknown-name.ts';

/** Stops and starts what is named, services before processes; the rest keeps running. */
export async function restart(names: readonly string[], options: CommonOptions): Promise<void> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const { stack, runtime } = await enterEnvironment(checkout, options);
  refuseUnknown(
    names,
    [...stack.services, ...stack.processes].map(({ name }) => name),
  );
  const plan = restartPlan(stack, names);
  const kept = keptOf([...stack.services, ...stack.processes], (name) =>
    names.length === 0 || names.includes(name) ? null : 'it is not among those to restart',
  );
  options.emit({ type: 'plan', steps: plan.steps, kept });
  const perform = performUp(stack, runtime, new Date().toISOString());
  await execute(plan, perform, { emit: options.emit, signal: options.signal, now: Date.now });
}

export function restartPlan(stack: Stack, names: readonly string[]): Plan {
  const chosen = (name: string) => names.length === 0 || names.includes(name);
  const plan = new PlanBuilder();
  const cause = 'a restart was asked for';
  for (const { name, needs } of stack.services.filter((service) => chosen(service.name))) {
    const stopped = plan.add('stop-service', name, cause);
    const after = [stopped, ...needs.map((need) => stepId('ready-service', need))];
    plan.add('ready-service', name, 'it has to answer before others use it', [
      plan.add('start-service', name, cause, after),
    ]);
  }
  const processes = stack.processes.filter((process) => chosen(process.name));
  const supervisor = processes.length > 0 ? [plan.add('start-supervisor', SUPERVISOR, 'it owns the processes')] : [];
  for (const { name, needs } of processes) {
    const ready = needs.flatMap((need) => [stepId('ready-service', need), stepId('ready-process', need)]);
    const started = plan.add('start-process', name, cause, [...supervisor, ...ready]);
    plan.add('ready-process', name, 'others may need it', [started]);
  }
  return { steps: plan.steps(), refusals: [], kept: [] };
}
