import { execute } from '../core/execute.ts';
import { type Plan, PlanBuilder, stepId } from '../core/plan.ts';
import type { Stack } from '../core/stack.ts';
import { keptOf } from './decisions.ts';
import { environmentLock } from './environment-lock.ts';
import { observe } from './observe.ts';
import { enterEnvironment, openCheckout } from './open.ts';
import type { CommonOptions } from './options.ts';
import { performUp } from './perform.ts';
import { refuseUnknown } from './unknown-name.ts';

/** Stops what is named, processes before services, and keeps it. */
export async function stop(names: readonly string[], options: CommonOptions): Promise<void> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const { stack, runtime } = await enterEnvironment(checkout, options);
  refuseUnknown(
    names,
    [...stack.services, ...stack.processes].map(({ name }) => name),
  );
  const { services, processes } = await observe(stack, runtime, options.signal);
  const running = new Set([
    ...services.filter(({ state }) => state === 'ready' || state === 'starting').map(({ name }) => name),
    ...processes.filter(({ pid, state }) => pid !== null || state === 'backoff').map(({ name }) => name),
  ]);
  const asked = (name: string) => names.length === 0 || names.includes(name);
  const plan = stopPlan(stack, (name) => running.has(name) && asked(name));
  const kept = keptOf([...stack.services, ...stack.processes], (name) => {
    if (!asked(name)) return 'it is not among those to stop';
    return running.has(name) ? null : 'it does not run';
  });
  options.emit({ type: 'plan', steps: plan.steps, kept });
  const perform = performUp(stack, runtime, new Date().toISOString());
  await execute(plan, perform, { emit: options.emit, signal: options.signal, now: Date.now });
}

function stopPlan(stack: Stack, chosen: (name: string) => boolean): Plan {
  const plan = new PlanBuilder();
  const cause = 'it was asked to stop';
  const processes = stack.processes.filter(({ name }) => chosen(name)).map(({ name }) => name);
  for (const name of processes) plan.add('stop-process', name, cause);
  const after = processes.map((name) => stepId('stop-process', name));
  for (const { name } of stack.services.filter((service) => chosen(service.name))) {
    plan.add('stop-service', name, cause, after);
  }
  return { steps: plan.steps(), refusals: [], kept: [] };
}
