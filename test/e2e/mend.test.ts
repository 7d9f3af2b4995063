import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import { queryPostgres } from '../support/clients.ts';
import { testEngine } from '../support/engine-objects.ts';
import { killedAt } from '../support/kill.ts';
import { isAlive, processesWith } from '../support/processes.ts';
import { dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';
import { expectGone, expectWhole, planOf, shopFiles, type WholeShop } from '../support/whole-shop.ts';

/** What happens to an environment without devenv's doing, and what the next `up` makes of it. */
describe.each(testedRuntimes)('up on %s mends', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('what happened behind its back:', () => {
    let machine: Machine;
    let shop: Project;
    let before: WholeShop;

    beforeAll(async () => {
      machine = await makeMachine();
      shop = await machine.project('shop', shopFiles(runtime));
      await shop.ok(['up', '--detach']);
      const { databaseUrl } = await expectWhole(shop, runtime);
      await queryPostgres(databaseUrl, "create table kept as select 'still here' as word");
    });
    beforeEach(async () => {
      before = await expectWhole(shop, runtime);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    const word = () => queryPostgres(before.databaseUrl, 'select word from kept');
    const pidOf = async (part: string): Promise<number> => {
      const [found] = (await processesWith(before.id)).filter(({ command }) => command.includes(part));
      return found?.pid ?? 0;
    };
    const container = () => testEngine().getContainer(`devenv-shop-${before.id}-db`);

    const removeData = async (): Promise<void> => {
      if (runtime === 'docker') {
        await container().remove({ force: true });
        await testEngine().getVolume(`devenv-${before.id}-db`).remove();
      } else {
        process.kill(await pidOf('postgres -D'), 'SIGKILL');
        const folder = join(machine.folder, 'data', 'devenv-cli', 'environments', before.id, 'db', 'data');
        await rm(folder, { recursive: true, maxRetries: 10 });
      }
    };

    it('a supervisor that was killed', async () => {
      const supervisor = await pidOf('supervisor.js');
      process.kill(supervisor, 'SIGKILL');
      await until('the supervisor is gone', async () => !(await isAlive(supervisor)));
      expect(await isAlive(before.webPid)).toBe(true);
      expect(await word()).toBe('still here');

      await shop.ok(['up', '--detach']);
      const after = await expectWhole(shop, runtime);
      expect(after.webPid).not.toBe(before.webPid);
      expect(await isAlive(before.webPid)).toBe(false);
      expect(await pidOf('supervisor.js')).not.toBe(supervisor);
      expect(await word()).toBe('still here');
    });

    it("a supervisor that was killed, without touching a program of the user's with the same variables", async () => {
      const mine = spawn('sleep', ['600'], { env: { ...process.env, DVE_ENVIRONMENT: before.id }, stdio: 'ignore' });
      try {
        process.kill(await pidOf('supervisor.js'), 'SIGKILL');
        await shop.ok(['up', '--detach']);
        expect(mine.exitCode ?? mine.signalCode).toBeNull();
      } finally {
        mine.kill('SIGKILL');
        await once(mine, 'exit');
      }
    });

    it('a process that was killed', async () => {
      process.kill(before.webPid, 'SIGKILL');
      await shop.ok(['up', '--detach']);
      const after = await expectWhole(shop, runtime);
      expect(after.webPid).not.toBe(before.webPid);
    });

    it('a database that was killed', async () => {
      if (runtime === 'docker') await container().kill();
      else process.kill(await pidOf('postgres -D'), 'SIGKILL');
      await shop.ok(['up', '--detach']);
      await expectWhole(shop, runtime);
      expect(await word()).toBe('still here');
    });

    if (runtime === 'embedded') {
      it('a database that hangs, for as long as it does: nobody waits longer than they said', async () => {
        const database = await pidOf('postgres -D');
        process.kill(database, 'SIGSTOP');
        try {
          const began = performance.now();
          expect((await shop.json<Status>(['status', '--json'])).services[0]?.state).toBe('starting');
          const { code, stderr } = await shop.devenv(['up', '--detach', '--timeout', '2s']);
          expect(performance.now() - began).toBeLessThan(8_000);
          expect(code).toBe(124);
          expect(stderr).toContain('not everything was ready within 2 s');
          expect(stderr).toMatch(/db is not ready: it does not answer on 127\.0\.0\.1:\d+\n/);
        } finally {
          process.kill(database, 'SIGCONT');
        }
        await shop.ok(['up', '--detach']);
      });
    }

    if (runtime === 'docker') {
      it('a container that was stopped', async () => {
        await container().stop();
        expect(await planOf(shop, ['up', '--detach'])).toEqual(['start-service db', 'ready-service db']);
        await expectWhole(shop, runtime);
        expect(await word()).toBe('still here');
      });

      it('a container that was removed', async () => {
        await container().remove({ force: true });
        await shop.ok(['up', '--detach']);
        await expectWhole(shop, runtime);
        expect(await word()).toBe('still here');
      });

      it('a network that was removed', async () => {
        await container().remove({ force: true });
        await testEngine().getNetwork(`devenv-${before.id}`).remove();
        await shop.ok(['up', '--detach']);
        await expectWhole(shop, runtime);
        expect(await word()).toBe('still here');
      });
    }

    it('a state folder that was lost', async () => {
      await rm(join(machine.folder, 'state', 'devenv-cli', 'environments'), { recursive: true });
      await shop.ok(['up', '--detach']);
      await expectWhole(shop, runtime);
      expect(await word()).toBe('still here');
    });

    it('two that come up at once', async () => {
      await shop.ok(['down']);
      await Promise.all([shop.ok(['up', '--detach']), shop.ok(['up', '--detach'])]);
      await expectWhole(shop, runtime);
      expect(await word()).toBe('still here');
    });

    it('up and down at once', async () => {
      await Promise.all([shop.ok(['down']), shop.ok(['up', '--detach'])]);
      await shop.ok(['up', '--detach']);
      await expectWhole(shop, runtime);
      expect(await word()).toBe('still here');
    });

    it('data that was removed, even when it is killed right after it made new', async () => {
      const runs = async () => (await readFile(join(shop.path, 'migrate.txt'), 'utf8')).split('\n').length;
      const migrated = await runs();
      await removeData();
      expect(await killedAt({ event: 'step-finished', step: 'create-data db' }, shop, ['up', '--detach'])).toBe(true);
      await shop.ok(['up', '--detach']);
      await expectWhole(shop, runtime);
      expect(await runs()).toBe(migrated + 1);
    });

    it('data that goes while another comes up', async () => {
      await Promise.all([shop.ok(['down', '--data', '--yes']), shop.ok(['up', '--detach'])]);
      await shop.ok(['up', '--detach']);
      const { id } = await expectWhole(shop, runtime);
      await Promise.all([shop.ok(['down', '--data', '--yes']), shop.ok(['down', '--data', '--yes'])]);
      await expectGone(machine, id, runtime);
    });
  });

  describe.skipIf(runtime === 'docker' && !dockerHost)('a first start on this machine', () => {
    it('that was killed while it made pre-initialised data', async () => {
      await using machine = await machineWithoutTemplates();
      const shop = await machine.project('shop', shopFiles(runtime));
      // A database of its own name: pre-initialised data that no other test makes at the same time.
      const database = `crash_${randomBytes(4).toString('hex')}`;
      const args = ['up', '--detach', '--set', `services.db.database=${database}`];
      const running = () =>
        until('a throw-away server runs', async () => (await throwAwayServers(machine, database)) > 0);
      for (const later of [running, 100, running]) {
        expect(await killedAt({ event: 'step-started', step: 'create-template db', later }, shop, args)).toBe(true);
      }
      await shop.ok(args);
      const { id } = await expectWhole(shop, runtime, args.slice(2), database);
      expect(await throwAwayServers(machine, database)).toBe(0);
      const kept = (await readdir(templatesOf(machine))).filter((name) => !name.endsWith('.json'));
      expect(kept).toEqual([expect.stringMatching(/^postgres-17-[0-9a-f]+(\.tar)?$/)]);
      await shop.ok(['down', '--data', '--yes']);
      await expectGone(machine, id, runtime);
    });
  });

  /** With the programs of all tests, which nobody wants to wait for. */
  async function machineWithoutTemplates(): Promise<Machine> {
    const shared = await makeMachine();
    const cache = join(shared.folder, 'cache');
    await mkdir(join(cache, 'devenv-cli'), { recursive: true, mode: 0o755 });
    const programs = join('devenv-cli', 'programs');
    await symlink(join(shared.env.XDG_CACHE_HOME ?? '', programs), join(cache, programs));
    const machine = await makeMachine({ XDG_CACHE_HOME: cache });
    const dispose = async (): Promise<void> => {
      await machine[Symbol.asyncDispose]();
      await shared[Symbol.asyncDispose]();
    };
    return { ...machine, [Symbol.asyncDispose]: dispose };
  }

  function templatesOf({ env }: Machine): string {
    return join(env.XDG_CACHE_HOME ?? '', 'devenv-cli', runtime === 'docker' ? 'docker-data' : 'templates');
  }

  /** How many containers or processes there are for pre-initialised data. */
  async function throwAwayServers(machine: Machine, database: string): Promise<number> {
    if (runtime === 'embedded') {
      const found = await processesWith(templatesOf(machine));
      return found.filter(({ command }) => command.includes('postgres -D')).length;
    }
    const labelled = { all: true, filters: JSON.stringify({ label: ['devenv.template'] }) };
    const containers = await testEngine().listContainers(labelled);
    const variables = await Promise.all(containers.map(({ Id }) => variablesOf(Id)));
    return variables.filter((set) => set.includes(`POSTGRES_DB=${database}`)).length;
  }

  /** None of one that went meanwhile. */
  async function variablesOf(container: string): Promise<readonly string[]> {
    const found = await testEngine()
      .getContainer(container)
      .inspect()
      .catch(() => null);
    return found?.Config.Env ?? [];
  }
});
