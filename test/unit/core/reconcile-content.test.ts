import { describe, expect, it } from 'vitest';
import { NOTHING, type Observed, type ObservedContent } from '../../../src/core/observed.ts';
import { planText } from '../../../src/core/plan.ts';
import { reconcile } from '../../../src/core/reconcile/index.ts';
import { applyPlan } from '../../support/simulate.ts';
import { makeProcess, makeService, makeStack } from '../../support/stack.ts';

const content = { migrate: null, seeds: [], allow: [], spares: 2, baseline: 'b1', parts: {}, unshared: 'a reason' };
const stack = makeStack({
  services: [makeService('db', { content }), makeService('proxy', { needs: ['db'] })],
  processes: [makeProcess('web', { needs: ['db'] })],
});
const loaded = applyPlan(NOTHING, reconcile(stack, NOTHING), stack);

function withContent(found: ObservedContent): Observed {
  const services = loaded.services.map((one) => (one.name === 'db' ? { ...one, content: found } : one));
  return { ...loaded, services };
}

describe('reconcile, with content for a database', () => {
  it('loads it before whatever needs the database', () => {
    const { steps } = reconcile(stack, NOTHING);
    const step = (id: string) => steps.find((one) => one.id === id);
    expect(step('load-data db')?.after).toContain('ready-service db');
    expect(step('start-process web')?.after).toContain('load-data db');
    expect(step('start-service proxy')?.after).toContain('load-data db');
  });

  it('leaves alone what is loaded, and what was not loaded by devenv', () => {
    for (const found of [
      { state: 'loaded', baseline: 'b1' },
      { state: 'loaded', baseline: 'of before' },
      { state: 'foreign', baseline: null },
    ] as const) {
      expect(planText(reconcile(stack, withContent(found)))).toBe('');
    }
    const kept = reconcile(stack, withContent({ state: 'loaded', baseline: 'of before' })).kept;
    expect(kept).toContainEqual({ target: 'db', why: 'migrations or seeds have changed since' });
  });

  it('loads one that is empty, and one of which loading was cut off', () => {
    const text = (found: ObservedContent) => planText(reconcile(stack, withContent(found)));
    expect(text({ state: 'empty', baseline: null })).toBe('load-data db  its database is empty');
    expect(text({ state: 'begun', baseline: 'b1' })).toBe('load-data db  loading its data was cut off');
  });

  it('asks the database itself where it has not answered yet', () => {
    const stopped = { ...loaded, services: loaded.services.map((one) => ({ ...one, state: 'stopped' as const })) };
    expect(planText(reconcile(stack, stopped))).toMatch(/^load-data db +its database may be empty$/m);
  });
});
