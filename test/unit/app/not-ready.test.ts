import { expect, it } from 'vitest';
import { openSteps } from '../../../src/app/not-ready.ts';
import type { Event } from '../../../src/core/events.ts';
import { type Plan, PlanBuilder } from '../../../src/core/plan.ts';

it('what is open are the steps that have begun and not ended', () => {
  const builder = new PlanBuilder();
  const ids = ['db', 'cache', 'later'].map((name) => builder.add('ready-service', name, 'why'));
  const plan: Plan = { steps: builder.steps(), refusals: [], kept: [] };
  const events: Event[] = [
    ...ids.slice(0, 2).map((step): Event => ({ type: 'step-started', step, at: 0 })),
    { type: 'step-finished', step: ids[1] ?? '', at: 1, ms: 1 },
  ];
  expect(openSteps(plan, events).map(({ target }) => target)).toEqual(['db']);
});
