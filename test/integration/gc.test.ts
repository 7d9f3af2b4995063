import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Collected } from '../../src/app/gc/index.ts';
import type { ListedEnvironment } from '../../src/app/ls.ts';
import type { RuntimeName } from '../../src/core/stack.ts';
import { processStart } from '../../src/lib/process-identity.ts';
import { engineObjects, testEngine } from '../support/engine-objects.ts';
import { proxyEngine } from '../support/engine-proxy.ts';
import { machineWithOwnCache } from '../support/own-cache.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, dockerHost, type Machine, makeProject, type Project, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';
import { expectGone } from '../support/whole-shop.ts';

const config = (runtime: RuntimeName) => ({
  'devenv.config.yaml': `
name: shop
runtime: ${runtime}
services: { db: { engine: postgres, version: "17" } }
processes: { web: { command: exec sleep 600 } }
`,
});

describe.each(testedRuntimes)('gc on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('with a real machine', () => {
    let machine: Machine;
    let kept: Project;
    let lost: Project;
    let elsewhere: Project;
    let keptId: string;
    let lostId: string;

    beforeAll(async () => {
      machine = await machineWithOwnCache();
      elsewhere = await makeProject(join(machine.folder, 'elsewhere'), machine.env, {});
      kept = await machine.project('kept', config(runtime));
      await kept.ok(['up', '--detach']);
      keptId = await idOf(kept);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    beforeEach(async () => {
      lost = await makeProject(join(machine.folder, 'lost'), machine.env, config(runtime));
      await lost.ok(['up', '--detach']);
      lostId = await idOf(lost);
    });
    afterEach(async () => {
      await lost.write(config(runtime));
      await lost.devenv(['down', '--data', '--yes']);
      expect((await kept.json<{ services: { state: string }[] }>(['status', '--json'])).services[0]?.state).toBe(
        'ready',
      );
    });

    const idOf = async ({ path }: Project) => (await listed()).find((one) => one.path === path)?.id ?? '';
    const listed = () => elsewhere.json<ListedEnvironment[]>(['ls', '--json']);
    const collect = (...args: string[]) => elsewhere.json<Collected[]>(['gc', '--json', ...args]);
    const about = (all: readonly Collected[], id: string) => all.filter((one) => one.id === id);

    it('removes exactly the environment whose checkout is gone, and says why each stays or goes', async () => {
      const before = await collect('--dry-run');
      expect(about(before, lostId)).toMatchObject([{ remove: false, why: `its checkout is ${lost.path}` }]);

      await rm(lost.path, { recursive: true });
      const found = await collect('--yes');
      expect(about(found, lostId)).toMatchObject([
        { kind: 'environment', name: `shop ${lostId}`, remove: true, removed: true, problem: null },
      ]);
      expect(about(found, lostId)[0]?.why).toBe(`its checkout ${lost.path} is gone; it still runs`);
      expect(about(found, lostId)[0]?.sizeBytes).toBeGreaterThan(1_000_000);
      expect(about(found, keptId)).toMatchObject([{ remove: false, removed: false }]);
      expect(found.filter(({ removed }) => removed).map(({ id }) => id)).toEqual([lostId]);
      await expectGone(machine, lostId, runtime);
      expect(await readFile(join(machine.folder, 'state', 'devenv-cli', 'ports.jsonl'), 'utf8')).not.toContain(lostId);
      expect(about(await collect('--dry-run'), lostId)).toEqual([]);
    });

    it('changes nothing on a dry run, nor where nobody can be asked', async () => {
      await rm(lost.path, { recursive: true });
      // Others may work on the same engine meanwhile.
      const own = async () => (await listed()).filter(({ id }) => [lostId, keptId].includes(id));
      const before = await own();
      expect(before).toHaveLength(2);
      expect(about(await collect('--dry-run'), lostId)).toMatchObject([{ remove: true, removed: false }]);
      const refused = await elsewhere.devenv(['gc']);
      expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('devenv gc --yes') });
      expect(await own()).toEqual(before);
    });

    it('leaves one whose checkout may be on a disk that is not there', async () => {
      const disk = join(machine.folder, 'disk');
      const far = await machine.project('disk/far', config(runtime));
      await far.ok(['up', '--detach']);
      const id = await idOf(far);
      await rename(disk, `${disk}-away`);
      try {
        const why = expect.stringMatching(/not mounted/);
        expect(about(await collect('--yes'), id)).toMatchObject([{ remove: false, why }]);
      } finally {
        await rename(`${disk}-away`, disk);
      }
      await rm(far.path, { recursive: true });
      expect(about(await collect('--yes'), id)).toMatchObject([{ removed: true }]);
    });

    it('leaves one that runs in the place to which its checkout was moved', async () => {
      const far = join(machine.folder, 'far', 'away', 'lost');
      await mkdir(dirname(far), { recursive: true });
      await rename(lost.path, far);
      try {
        const why = `its checkout ${lost.path} is gone, but its processes work in ${far}: devenv down ${lostId} --data`;
        expect(about(await collect('--yes'), lostId)).toMatchObject([{ remove: false, removed: false, why }]);
      } finally {
        await rename(far, lost.path);
      }
      expect((await lost.json<{ services: unknown[] }>(['status', '--json'])).services).toMatchObject([
        { name: 'db', state: 'ready' },
      ]);
    });

    it('goes on where one that was killed stopped, at any step', async () => {
      const words = ['stop-supervisor', 'remove-service', 'remove-data'];
      for (const word of words) {
        await lost.write(config(runtime));
        await lost.ok(['up', '--detach']);
        await rm(lost.path, { recursive: true });
        const { child, ended, said } = gcProcess();
        await said(new RegExp(word));
        child.kill('SIGKILL');
        expect(await ended).toEqual([null, 'SIGKILL']);
        await collect('--yes');
        await expectGone(machine, lostId, runtime);
      }
      expect((await collect('--dry-run')).filter(({ remove }) => remove)).toEqual([]);
    });

    /** `--verbose` says every step on standard error. */
    function gcProcess() {
      const child = spawn(process.execPath, [BIN, 'gc', '--yes', '--verbose'], {
        cwd: elsewhere.path,
        env: { ...machine.env },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = once(child, 'exit');
      const said = async (pattern: RegExp): Promise<void> => {
        const lines: string[] = [];
        for await (const line of createInterface({ input: child.stderr })) {
          lines.push(line);
          if (pattern.test(line)) return;
        }
        throw new Error(`gc never said ${pattern}:\n${lines.join('\n')}`);
      };
      return { child, ended, said };
    }

    it('waits for an up that is under way, and looks again before it removes anything', async () => {
      // In no folder of the checkout, or it would tell where that is.
      const command = `cd / && until [ -e ${join(lost.path, 'go')} ]; do sleep 0.05; done`;
      const waiting = `processes: { web: { command: "${command}", once: true } }`;
      const text = (config(runtime)['devenv.config.yaml'] ?? '').replace(/processes:.*/, waiting);
      await lost.ok(['down']);
      await lost.write({ 'devenv.config.yaml': text });
      const up = lost.devenv(['up', '--detach']);
      await until(
        'up waits for its process',
        async () => (await processesWith(`-e ${join(lost.path, 'go')}`)).length > 0,
      );
      const hidden = join(machine.folder, 'inner', 'hidden');
      await mkdir(dirname(hidden), { recursive: true });
      await rename(lost.path, hidden);
      const { ended, said } = gcProcess();
      await said(/waiting for another devenv \(pid \d+\) on this environment/);
      await rename(hidden, lost.path);
      await writeFile(join(lost.path, 'go'), '');
      expect((await up).code).toBe(0);
      expect(await ended).toEqual([0, null]);
      expect((await listed()).map(({ id }) => id)).toContain(lostId);
    });

    it('two at once do what one does', async () => {
      await rm(lost.path, { recursive: true });
      const both = await Promise.all([collect('--yes'), collect('--yes')]);
      expect(both.flatMap((found) => about(found, lostId).filter(({ removed }) => removed))).toHaveLength(1);
      expect(both.flat().filter(({ problem }) => problem !== null)).toEqual([]);
      await expectGone(machine, lostId, runtime);
    });

    it('removes what lies unused, and what killed runs left', async () => {
      const cache = join(machine.env.XDG_CACHE_HOME ?? '', 'devenv-cli');
      const state = join(machine.folder, 'state', 'devenv-cli');
      const templates = join(cache, runtime === 'docker' ? 'docker-data' : 'templates');
      const [name = ''] = (await readdir(templates)).filter((one) => !/\.(json|lock)$/.test(one));
      const old = new Date(Date.now() - 40 * 86_400_000);
      await utimes(runtime === 'docker' ? join(templates, name) : join(templates, name, 'template.json'), old, old);
      const draft =
        runtime === 'docker' ? join(templates, 'postgres-17-cut.part') : join(templates, 'draft-1-0-0123456789ab');
      await (runtime === 'docker' ? writeFile(draft, 'x') : mkdir(draft));
      await symlink('999999 token 1', join(state, 'ports.jsonl.lock'));
      await mkdir(join(state, 'removed-abc-00000000-0000-4000-8000-000000000000'));
      const key = name.replace('.tar', '');

      expect(about(await collect('--yes', '--unused-for', '60d'), key)).toMatchObject([{ remove: false }]);
      const found = await collect('--yes');
      expect(about(found, key)).toMatchObject([{ kind: 'template', removed: true, why: 'not used for 40 days' }]);
      expect(await readdir(templates)).not.toContain(name);
      expect(await readdir(templates)).not.toContain('postgres-17-cut.part');
      expect((await readdir(state)).filter((one) => /lock|removed/.test(one))).toEqual([]);

      // What is gone is made anew.
      await lost.ok(['down', '--data', '--yes']);
      await lost.ok(['up', '--detach']);
      expect(await readdir(templates)).toContain(name);
    });

    if (runtime === 'embedded') {
      it('removes programs that nobody needs, and keeps the ones of a stopped environment', async () => {
        const cache = join(machine.env.XDG_CACHE_HOME ?? '', 'devenv-cli');
        const programs = join(cache, 'programs');
        const [used = ''] = (await readdir(programs)).filter((name) => name.startsWith('postgres-17'));
        const old = new Date(Date.now() - 40 * 86_400_000);
        for (const [name, version] of [
          ['postgres-9.9', '9.9'],
          ['postgres-17.0', '17.0'],
        ] as const) {
          await mkdir(join(programs, name), { recursive: true });
          const mark = { family: 'postgres', version, files: {}, libraries: [] };
          await writeFile(join(programs, name, 'program.json'), JSON.stringify(mark));
        }
        for (const name of [used, 'postgres-9.9']) await utimes(join(programs, name, 'program.json'), old, old);
        await mkdir(join(cache, 'apt', 'lists'), { recursive: true });
        await writeFile(join(cache, 'apt', 'updated'), '');
        await utimes(join(cache, 'apt', 'updated'), old, old);
        await lost.ok(['down']);
        await kept.ok(['down']);

        const found = await collect('--yes');
        await kept.ok(['up', '--detach']);
        expect(about(found, used)[0]?.why).toMatch(/^environment \w+ uses it$/);
        expect(about(found, 'postgres-9.9')).toMatchObject([{ removed: true, why: 'not used for 40 days' }]);
        expect(about(found, 'postgres-17.0')).toMatchObject([{ removed: true, why: `${used} is used instead` }]);
        expect(about(found, 'apt-lists')).toMatchObject([{ removed: true }]);
        expect(await readdir(programs)).toContain(used);
        expect(await readdir(programs)).not.toContain('postgres-9.9');
        expect(await readdir(join(cache, 'apt'))).toEqual([]);
      });
    }

    if (runtime === 'docker') {
      it("leaves other users' objects, and what was not made here", async () => {
        const docker = testEngine();
        const labels = (id: string, owner: string) => ({
          'devenv.environment': id,
          'devenv.kind': 'dev',
          'devenv.project': 'theirs',
          'devenv.path': join(machine.folder, 'never'),
          'devenv.service': 'db',
          'devenv.created': new Date().toISOString(),
          'devenv.owner': owner,
        });
        const user = String(process.getuid?.() ?? 0);
        const [theirs, unknown] = [`t${Date.now().toString(36)}`, `u${Date.now().toString(36)}`];
        await docker.createVolume({ Name: `dve-${theirs}`, Labels: labels(theirs, '4242') });
        await docker.createVolume({ Name: `dve-${unknown}`, Labels: labels(unknown, user) });
        try {
          const found = await collect('--yes');
          expect(about(found, theirs)).toMatchObject([
            { remove: false, why: 'it belongs to user 4242', sizeBytes: null },
          ]);
          expect(about(found, unknown)[0]?.why).toContain(`devenv down ${unknown} --data`);
          for (const id of [theirs, unknown]) {
            expect((await engineObjects(`devenv.environment=${id}`)).volumes).toEqual([`dve-${id}`]);
          }
          const ids = async (...args: string[]) =>
            (await elsewhere.json<ListedEnvironment[]>(['ls', '--json', ...args])).map(({ id }) => id);
          expect(await ids()).not.toContain(theirs);
          expect(await ids()).toContain(unknown);
          expect(await ids('--all')).toEqual(expect.arrayContaining([theirs, unknown]));
          const refused = await elsewhere.devenv(['down', theirs, '--data', '--yes']);
          expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('belongs to user 4242') });
          await elsewhere.ok(['down', unknown, '--data', '--yes']);
        } finally {
          for (const id of [theirs, unknown])
            await docker
              .getVolume(`dve-${id}`)
              .remove()
              .catch(() => {});
        }
      });

      it('removes throw-away containers that a killed run of this user left, and no others', async () => {
        const docker = testEngine();
        const make = (owner: string, maker: string) =>
          docker.createContainer({
            Image: 'redis:8',
            Labels: { 'devenv.template': 'none', 'devenv.maker': maker, 'devenv.owner': owner },
          });
        const user = String(process.getuid?.() ?? 0);
        const own = await make(user, '999999 1');
        const theirs = await make('4242', '999999 1');
        const alive = await make(user, `${process.pid} ${await processStart(process.pid)}`);
        try {
          const found = await collect('--yes');
          expect(about(found, theirs.id)).toEqual([]);
          const left = (await docker.listContainers({ all: true })).map(({ Id }) => Id);
          expect(left).not.toContain(own.id);
          expect(left).toEqual(expect.arrayContaining([theirs.id, alive.id]));
        } finally {
          for (const container of [own, theirs, alive]) await container.remove({ force: true }).catch(() => {});
        }
      });

      it('an engine that goes away is told, and the next gc goes on', async () => {
        await rm(lost.path, { recursive: true });
        const socket = join(machine.folder, 'proxy.sock');
        const codes: number[] = [];
        for (let requests = 6; !codes.includes(0); requests += 6) {
          await using proxy = await proxyEngine(dockerHost ?? '', socket, requests);
          const env = { ...machine.env, DOCKER_HOST: proxy.host };
          const { code, stderr } = await elsewhere.devenv(['gc', '--yes'], { env });
          expect(stderr).not.toContain('This is a bug');
          codes.push(code);
        }
        // 3: before anything was decided; 4: in the middle of it.
        expect(codes.filter((code) => code !== 0)).not.toEqual([]);
        expect(
          codes.every((code) => [0, 3, 4].includes(code)),
          codes.join(),
        ).toBe(true);
        await expectGone(machine, lostId, runtime);
        const none = await elsewhere.devenv(['gc', '--yes'], {
          env: { ...machine.env, DOCKER_HOST: `unix://${socket}` },
        });
        expect(none).toMatchObject({ code: 0, stderr: expect.stringContaining('What Docker holds is left alone') });
      });
    } else if (process.getuid?.() !== 0) {
      // Root may read everything; what is decided is in the unit tests too.
      it('leaves a checkout in a folder that it may not read', async () => {
        await chmod(machine.folder, 0o000);
        try {
          expect(about(await collect('--dry-run'), lostId)[0]?.why).toContain("can't be read");
        } finally {
          await chmod(machine.folder, 0o755);
        }
      });
    }
  });
});
