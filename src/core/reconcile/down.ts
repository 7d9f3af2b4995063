import type { Observed, ObservedService } from '../observed.ts';
import { type Kept, NETWORK, type Plan, PlanBuilder, SUPERVISOR, stepId } from '../plan.ts';
import { isUnfilled } from './draft.ts';

/** Steps that end an environment. Without `data` its volumes stay, except those that never got their first content. */
export function reconcileDown(observed: Observed, options: { readonly data: boolean }): Plan {
  const plan = new PlanBuilder();
  if (observed.supervisor || observed.processes.length > 0) {
    plan.add('stop-supervisor', SUPERVISOR, 'its processes use the services');
  }
  for (const service of observed.services) {
    removeService(plan, service, 'the environment goes down', [stepId('stop-supervisor', SUPERVISOR)]);
  }
  for (const name of new Set(observed.data.map((data) => data.service))) {
    const after = [stepId('remove-service', name)];
    const unfilled = isUnfilled(observed.services.find((service) => service.name === name));
    if (options.data) plan.add('remove-data', name, 'its data was asked to be deleted', after);
    else if (unfilled) plan.add('discard-data', name, 'it never got its first content', after);
  }
  if (observed.network) {
    const after = observed.services.map((service) => stepId('remove-service', service.name));
    plan.add('remove-network', NETWORK, 'the environment goes down', after);
  }
  return { steps: plan.steps(), refusals: [], kept: options.data ? [] : keptData(plan, observed) };
}

function keptData(plan: PlanBuilder, { data }: Observed): readonly Kept[] {
  const discarded = new Set(plan.steps().flatMap(({ kind, target }) => (kind === 'discard-data' ? [target] : [])));
  const kept = new Set(data.map(({ service }) => service).filter((name) => !discarded.has(name)));
  return [...kept].map((target) => ({ target, why: 'its data stays, because nobody asked to delete it' }));
}

export function removeService(
  plan: PlanBuilder,
  found: ObservedService,
  cause: string,
  after: readonly string[],
): string {
  const before = [...after];
  if (found.state === 'starting' || found.state === 'ready') {
    before.push(plan.add('stop-service', found.name, cause, before));
  }
  return plan.add('remove-service', found.name, cause, before);
}
