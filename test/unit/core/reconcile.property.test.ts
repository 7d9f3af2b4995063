import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING, type Observed } from '../../../src/core/observed.ts';
import { planText } from '../../../src/core/plan.ts';
import { reconcile, reconcileDown } from '../../../src/core/reconcile/index.ts';
import type { Stack } from '../../../src/core/stack.ts';
import { applyPlan, applyStep } from '../../support/simulate.ts';
import { makeProcess, makeService, makeStack } from '../../support/stack.ts';

const SERVICES = ['db', 'cache', 'mail', 'search'];
const PROCESSES = ['web', 'worker', 'migrate'];

/** Each may need only those before it, so there is no cycle: the loader refuses those. */
const stacks: fc.Arbitrary<Stack> = fc
  .record({
    runtime: fc.constantFrom('docker' as const, 'embedded' as const),
    services: fc.subarray(SERVICES),
    processes: fc.subarray(PROCESSES),
    image: fc.constantFrom('a', 'b'),
    template: fc.constantFrom('T', null),
    files: fc.boolean(),
    once: fc.boolean(),
    hook: fc.boolean(),
    needs: fc.boolean(),
  })
  .map(({ runtime, services, processes, image, template, files, once, hook, needs }) =>
    makeStack({
      runtime,
      services: services.map((name, index) =>
        makeService(name, {
          runtime,
          template,
          files,
          fingerprint: { image },
          needs: needs ? services.slice(0, index) : [],
        }),
      ),
      processes: processes.map((name, index) =>
        makeProcess(name, {
          once: once && name === 'migrate',
          needs: needs ? [...services, ...processes.slice(0, index)] : [],
        }),
      ),
      hooks: hook ? { ready: { line: 'x', cwd: '/' } } : {},
    }),
  );

/** Any state that a run, cut off after any step and followed by other configurations, can leave. */
const observations: fc.Arbitrary<Observed> = fc
  .array(fc.tuple(stacks, fc.nat(30), fc.boolean()), { maxLength: 3 })
  .map((runs) =>
    runs.reduce<Observed>((observed, [stack, cut, down]) => {
      const plan = down ? reconcileDown(observed, { data: cut % 2 === 0 }) : reconcile(stack, observed);
      return plan.steps.slice(0, cut).reduce((state, step) => applyStep(state, step, stack), observed);
    }, NOTHING),
  );

describe('the planner', () => {
  it('has nothing left to plan after its plan was carried out, from any state', () => {
    fc.assert(
      fc.property(stacks, observations, (stack, observed) => {
        const after = applyPlan(observed, reconcile(stack, observed), stack);
        expect(planText(reconcile(stack, after))).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same text for the same inputs', () => {
    fc.assert(
      fc.property(stacks, observations, (stack, observed) => {
        expect(planText(reconcile(stack, observed))).toBe(planText(reconcile(structuredCopy(stack), observed)));
      }),
    );
  });

  it('orders steps so that each comes after all that it waits for, and names no step twice', () => {
    fc.assert(
      fc.property(stacks, observations, (stack, observed) => {
        const seen = new Set<string>();
        for (const step of reconcile(stack, observed).steps) {
          expect(step.after.every((id) => seen.has(id))).toBe(true);
          expect(seen.has(step.id)).toBe(false);
          seen.add(step.id);
        }
      }),
    );
  });

  it('never creates or starts anything to go down, and leaves nothing but data', () => {
    fc.assert(
      fc.property(observations, fc.boolean(), (observed, data) => {
        const plan = reconcileDown(observed, { data });
        expect(plan.steps.filter((step) => !/^(stop|remove|discard)-/.test(step.kind))).toEqual([]);
        const after = applyPlan(observed, plan, makeStack());
        expect({ ...after, data: [], fetched: [], templates: [] }).toEqual(NOTHING);
        if (data) expect(after.data).toEqual([]);
      }),
    );
  });

  it('never removes or fills data of a service that has run', () => {
    fc.assert(
      fc.property(stacks, observations, (stack, observed) => {
        const ran = observed.services.filter((service) => service.state !== 'created').map((service) => service.name);
        const touched = reconcile(stack, observed).steps.filter(
          (step) =>
            step.kind === 'remove-data' ||
            step.kind === 'discard-data' ||
            (step.kind === 'fill-service' && step.template !== undefined),
        );
        expect(touched.filter((step) => ran.includes(step.target))).toEqual([]);
      }),
    );
  });
});

/** The same values in other objects. */
function structuredCopy(stack: Stack): Stack {
  return { ...stack, services: stack.services.map((service) => ({ ...service })), processes: [...stack.processes] };
}
