import type { Observed } from '../observed.ts';
import { NETWORK, type Plan, PlanBuilder, type Step } from '../plan.ts';
import { READY_HOOK, type Stack } from '../stack.ts';
import { removeService } from './down.ts';
import type { Draft } from './draft.ts';
import { planProcesses } from './processes.ts';
import { planService, refusals } from './services.ts';

/** Steps that bring what exists to what the stack asks for. Pure: the same inputs give the same plan. */
export function reconcile(stack: Stack, observed: Observed): Plan {
  const refused = stack.services.flatMap((service) => refusals(service, observed));
  if (refused.length > 0) return { steps: [], refusals: refused, kept: [] };

  const draft: Draft = { stack, observed, plan: new PlanBuilder(), kept: [] };
  if (stack.runtime === 'docker' && stack.services.length > 0 && !observed.network) {
    draft.plan.add('create-network', NETWORK, 'there is none yet');
  }
  for (const service of stack.services) planService(draft, service);
  planOrphans(draft);
  planProcesses(draft);
  planReadyHook(draft);
  return { steps: fetchFirst(draft.plan.steps()), refusals: [], kept: draft.kept };
}

/** What can't be had is known before anything is made. */
function fetchFirst(steps: readonly Step[]): readonly Step[] {
  const fetches = steps.filter((step) => step.kind === 'fetch');
  const ids = fetches.map((step) => step.id);
  const others = steps.filter((step) => step.kind !== 'fetch');
  return [...fetches, ...others.map((step) => ({ ...step, after: [...new Set([...step.after, ...ids])] }))];
}

function planOrphans(draft: Draft): void {
  const wanted = new Set(draft.stack.services.map((service) => service.name));
  for (const found of draft.observed.services) {
    if (!wanted.has(found.name)) removeService(draft.plan, found, 'the configuration no longer names it', []);
  }
  // What a hook left in the background is its own matter until the hook runs again.
  const processes = new Set([...draft.stack.processes.map((process) => process.name), READY_HOOK]);
  for (const found of draft.observed.processes) {
    if (!processes.has(found.name)) {
      draft.plan.add('stop-process', found.name, 'the configuration no longer names it');
    }
  }
}

function planReadyHook({ plan, stack, observed }: Draft): void {
  if (!stack.hooks.ready || (plan.isEmpty && !observed.hookPending)) return;
  const cause = plan.isEmpty ? 'it did not end well the last time' : 'everything is ready';
  plan.add(
    'run-hook',
    READY_HOOK,
    cause,
    plan.steps().map((step) => step.id),
  );
}
