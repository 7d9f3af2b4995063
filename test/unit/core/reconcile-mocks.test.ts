import { expect, it } from 'vitest';
import { NOTHING } from '../../../src/core/observed.ts';
import { onlyFor } from '../../../src/core/plan.ts';
import { reconcile } from '../../../src/core/reconcile/index.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { ContainerLaunch } from '../../../src/core/stack.ts';
import { applyPlan } from '../../support/simulate.ts';
import { makeProcess, makeService, makeStack } from '../../support/stack.ts';

const worker = makeService('worker', { data: false });
const launch: ContainerLaunch = { ...(worker.launch as ContainerLaunch), hostNames: ['mocks'] };
const stack = makeStack({
  services: [{ ...worker, launch }, makeService('cache')],
  processes: [makeProcess('mocks'), makeProcess('web', { needs: ['mocks'] })],
  mocks: {
    process: 'mocks',
    port: 20_002,
    control: new Secret('token'),
    variables: [],
    follows: null,
    passedOn: [],
    byName: null,
  },
});

it('has the mocks answer before a container that calls them is started, once there is a network to listen on', () => {
  const plan = reconcile(stack, NOTHING);
  const after = (id: string) => plan.steps.find((step) => step.id === id)?.after;
  expect(after('start-process mocks')).toContain('create-network network');
  expect(after('create-service worker')).toContain('create-network network');
  expect(after('start-service worker')).toContain('ready-process mocks');
  expect(after('create-service cache')).not.toContain('create-network network');
  expect(after('start-service cache')).not.toContain('ready-process mocks');
  expect(onlyFor(plan, ['worker']).steps.map(({ id }) => id)).toContain('start-process mocks');
  expect(reconcile(stack, applyPlan(NOTHING, plan, stack)).steps).toEqual([]);
});
