import { baselineKey } from '../../src/core/data/baseline.ts';
import { dataLabels, dataOf } from '../../src/core/labels.ts';
import type { Observed, ObservedService } from '../../src/core/observed.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import type { Stack } from '../../src/core/stack.ts';

/** What would exist after a step: the model against which the planner's properties are checked. */
export function applyStep(observed: Observed, step: Step, stack: Stack): Observed {
  const { target } = step;
  const service = stack.services.find((candidate) => candidate.name === target);
  const process = stack.processes.find((candidate) => candidate.name === target);
  const setState = (state: ObservedService['state']): Observed => ({
    ...observed,
    services: observed.services.map((found) => (found.name === target ? { ...found, state } : found)),
  });
  switch (step.kind) {
    case 'create-network':
      return { ...observed, network: true };
    case 'remove-network':
      return { ...observed, network: false };
    case 'fetch':
      return { ...observed, fetched: [...observed.fetched, target] };
    case 'create-template':
      return { ...observed, templates: [...observed.templates, service?.launch.template?.key ?? ''] };
    case 'create-data':
      return {
        ...observed,
        data: [...observed.data, dataOf(target, service ? dataLabels(service) : {})],
      };
    case 'remove-data':
    case 'discard-data':
      return { ...observed, data: observed.data.filter((data) => data.service !== target) };
    case 'create-service':
      return {
        ...observed,
        services: [
          ...observed.services,
          {
            name: target,
            engine: service?.engine ?? '',
            version: service?.version ?? '',
            state: 'created',
            fingerprint: service?.launch.fingerprint ?? {},
            created: '',
            fill: step.template ?? null,
          },
        ],
      };
    case 'start-service':
      return setState('starting');
    case 'ready-service':
      return setState('ready');
    case 'stop-service':
      return setState('stopped');
    case 'remove-service':
      return { ...observed, services: observed.services.filter((found) => found.name !== target) };
    case 'start-supervisor':
      return { ...observed, supervisor: true };
    case 'stop-supervisor':
      return { ...observed, supervisor: false, processes: [] };
    case 'stop-process':
      return {
        ...observed,
        processes: observed.processes.flatMap((found) => {
          if (found.name !== target) return [found];
          return process ? [{ ...found, state: 'stopped' as const, pid: null }] : [];
        }),
      };
    case 'start-process':
    case 'ready-process':
      return {
        ...observed,
        processes: [
          ...observed.processes.filter((found) => found.name !== target),
          {
            name: target,
            state: step.kind === 'start-process' ? 'starting' : process?.once ? 'done' : 'ready',
            pid: 1,
            fingerprint: process?.fingerprint ?? {},
            restarts: 0,
          },
        ],
      };
    case 'run-hook':
      return { ...observed, hookPending: false };
    case 'fill-service':
      return observed;
    case 'share-data': {
      const key = baselineKey(service?.content?.baseline ?? '', observed.makers[target] ?? '');
      return { ...observed, templates: [...observed.templates, key] };
    }
    case 'mend-data': {
      const mended = (found: ObservedService): ObservedService => {
        const { parked: _parked, lagging: _lagging, ...content } = found.content ?? { state: 'loaded', baseline: null };
        return found.name === target ? { ...found, content } : found;
      };
      return { ...observed, services: observed.services.map(mended) };
    }
    case 'load-data': {
      const content = { state: 'loaded', baseline: service?.content?.baseline ?? null } as const;
      const services = observed.services.map((found) => (found.name === target ? { ...found, content } : found));
      return { ...observed, services };
    }
    default:
      return step.kind satisfies never;
  }
}

export function applyPlan(observed: Observed, plan: Plan, stack: Stack): Observed {
  return plan.steps.reduce((state, step) => applyStep(state, step, stack), observed);
}
