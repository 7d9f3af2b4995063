import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuntimeName } from '../../src/core/stack.ts';
import { queryPostgres } from '../support/clients.ts';
import { type KillPoint, killedAt } from '../support/kill.ts';
import { dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { expectGone, expectWhole, planOf, shopFiles } from '../support/whole-shop.ts';

interface Named extends KillPoint {
  readonly name: string;
}

interface Steps {
  readonly up: readonly string[];
  /** Those of `up` that take long enough to be killed in their midst. */
  readonly long: readonly string[];
  readonly replace: readonly string[];
  readonly down: readonly string[];
}

const PROCESSES = [
  'start-supervisor supervisor',
  'start-process migrate',
  'ready-process migrate',
  'start-process web',
  'ready-process web',
];

const STEPS: Readonly<Record<RuntimeName, Steps>> = {
  docker: {
    up: [
      ...['create-network network', 'create-data db', 'create-service db', 'fill-service db'],
      ...['start-service db', 'ready-service db', ...PROCESSES],
    ],
    long: ['create-network network', 'fill-service db', 'start-service db', 'start-supervisor supervisor'],
    replace: ['stop-service db', 'remove-service db', 'create-service db', 'start-service db', 'ready-service db'],
    down: [
      ...['stop-supervisor supervisor', 'stop-service db', 'remove-service db', 'remove-data db'],
      'remove-network network',
    ],
  },
  embedded: {
    up: [
      ...['create-data db', 'create-service db', 'fill-service db', 'start-service db', 'ready-service db'],
      ...PROCESSES,
    ],
    long: ['create-data db', 'start-supervisor supervisor'],
    replace: [
      ...['stop-service db', 'remove-service db', 'create-service db', 'fill-service db', 'start-service db'],
      'ready-service db',
    ],
    down: ['stop-supervisor supervisor', 'stop-service db', 'remove-service db', 'remove-data db'],
  },
};

/**
 * A step begins at the moment at which the one before it has finished, so that is one point, not two. After the last
 * there is nothing left to be killed.
 */
function killPoints({ up, long }: Steps): readonly Named[] {
  return [
    { name: `the start of ${up[0]}`, event: 'step-started', step: up[0] ?? '' },
    ...up.slice(0, -1).map((step) => ({ name: step, event: 'step-finished', step }) as const),
    ...long.map((step) => ({ name: `40 ms of ${step}`, event: 'step-started', step, later: 40 }) as const),
  ];
}

const MORE_CONNECTIONS = ['--set', 'services.db.command=["-c", "max_connections=42"]'];

describe.each(testedRuntimes)('devenv that is killed, on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('at any step', () => {
    const steps = STEPS[runtime];
    let machine: Machine;
    const project = (name: string): Promise<Project> => machine.project(name, shopFiles(runtime));

    beforeAll(async () => {
      machine = await makeMachine();
      // From now on there is pre-initialised data: the plans are the ones of every day.
      const first = await project('first');
      await first.ok(['up', '--detach']);
      await first.ok(['down', '--data', '--yes']);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    it('has the plans that are tried here', async () => {
      const shop = await project('plan');
      expect([...(await planOf(shop, ['up', '--dry-run']))].sort()).toEqual([...steps.up].sort());
      await shop.ok(['up', '--detach']);
      expect(await planOf(shop, ['up', '--dry-run', ...MORE_CONNECTIONS])).toEqual(steps.replace);
      expect(await planOf(shop, ['down', '--data', '--yes'])).toEqual(steps.down);
    });

    // Side by side, the long ones first.
    describe.concurrent('of a plan', () => {
      it('keeps the data when a service is replaced', async () => {
        const shop = await project('replace');
        await shop.ok(['up', '--detach']);
        const { databaseUrl } = await expectWhole(shop, runtime);
        await queryPostgres(databaseUrl, "create table kept as select 'still here' as word");
        let change: readonly string[] = MORE_CONNECTIONS;
        for (const step of steps.replace.slice(0, -1)) {
          expect(await killedAt({ event: 'step-finished', step }, shop, ['up', '--detach', ...change])).toBe(true);
          await shop.ok(['up', '--detach', ...change]);
          await expectWhole(shop, runtime, change);
          expect(await queryPostgres(databaseUrl, 'select word from kept'), step).toBe('still here');
          change = change.length > 0 ? [] : MORE_CONNECTIONS;
        }
      });

      it('goes on deleting where it was cut off', async () => {
        const shop = await project('delete');
        await shop.ok(['up', '--detach']);
        const { id } = await expectWhole(shop, runtime);
        for (const step of steps.down) {
          await shop.ok(['up', '--detach']);
          expect(await killedAt({ event: 'step-started', step }, shop, ['down', '--data', '--yes'])).toBe(true);
          await shop.ok(['down', '--data', '--yes']);
          await expectGone(machine, id, runtime);
        }
      });

      it.each(killPoints(steps).map((point) => [point.name, point] as const))(
        'converges after %s of up',
        async (name, point) => {
          const shop = await project(name.replaceAll(' ', '-'));
          while (!(await killedAt(point, shop, ['up', '--detach']))) await shop.ok(['down', '--data', '--yes']);
          await shop.ok(['up', '--detach']);
          const { id } = await expectWhole(shop, runtime);
          await shop.ok(['down', '--data', '--yes']);
          await expectGone(machine, id, runtime);
        },
      );
    });

    it('leaves no half-made data', async () => {
      const drafts = join(machine.folder, 'data', 'devenv-cli', 'drafts');
      expect(await readdir(drafts).catch(() => [])).toEqual([]);
    });
  });
});
