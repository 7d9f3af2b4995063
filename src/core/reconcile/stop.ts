import type { Observed } from '../observed.ts';
import { type Plan, PlanBuilder } from '../plan.ts';
import type { Stack } from '../stack.ts';
import { keptOf } from './kept.ts';

/** Steps that stop what is named and runs, processes before services; all of it without a name. */
export function reconcileStop(stack: Stack, { services, processes }: Observed, names: readonly string[]): Plan {
  const running = new Set([
    ...services.filter(({ state }) => state === 'ready' || state === 'starting').map(({ name }) => name),
    ...processes.filter(({ pid, state }) => pid !== null || state === 'backoff').map(({ name }) => name),
  ]);
  const asked = (name: string) => names.length === 0 || names.includes(name);
  const chosen = ({ name }: { readonly name: string }) => running.has(name) && asked(name);
  const plan = new PlanBuilder();
  const cause = 'it was asked to stop';
  const before = stack.processes.filter(chosen).map(({ name }) => plan.add('stop-process', name, cause));
  for (const { name } of stack.services.filter(chosen)) plan.add('stop-service', name, cause, before);
  const kept = keptOf([...stack.services, ...stack.processes], (name) => {
    if (!asked(name)) return 'it is not among those to stop';
    return running.has(name) ? null : 'it does not run';
  });
  return { steps: plan.steps(), refusals: [], kept };
}
