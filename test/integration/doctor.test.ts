import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/app/doctor/finding.ts';
import { processStart } from '../../src/lib/process-identity.ts';
import { freePort, holdPort } from '../support/ports.ts';
import { isAlive, processesWith } from '../support/processes.ts';
import {
  BIN,
  dockerHost,
  type Machine,
  makeMachine,
  makeProject,
  type Project,
  testedRuntimes,
} from '../support/project.ts';
import { canMount, isRoot, mountDisk } from '../support/small-disk.ts';
import { until } from '../support/until.ts';

/** The built bin on machines that are broken in one way each. */
describe('doctor', () => {
  let machine: Machine;
  let here: Project;

  beforeEach(async () => {
    machine = await makeMachine();
    here = await makeProject(join(machine.folder, 'here'), machine.env, {});
  });
  afterEach(() => machine[Symbol.asyncDispose]());

  /** Nobody's engine unless a test names one: an address that is surely dead. */
  async function examine(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}, project = here) {
    const dead = { DOCKER_HOST: `unix://${join(machine.folder, 'none.sock')}` };
    const { code, stdout } = await project.devenv(['doctor', '--json', ...args], {
      env: { ...machine.env, ...dead, ...env },
    });
    const all = JSON.parse(stdout) as Finding[];
    return { code, all, of: (check: string) => all.filter((finding) => finding.check === check) };
  }

  async function listening(socket: string, server: Server): Promise<AsyncDisposable> {
    server.listen(socket);
    await once(server, 'listening');
    return { [Symbol.asyncDispose]: async () => void server.close() };
  }

  it.skipIf(!dockerHost)('finds nothing wrong with a machine that is well, outside of a project too', async () => {
    const { code, all, of } = await examine([], { DOCKER_HOST: dockerHost ?? '' });
    expect(all.filter(({ status }) => status === 'problem')).toEqual([]);
    expect(code).toBe(0);
    expect(of('engine')[0]?.what).toMatch(/^Docker .* at unix:.*by DOCKER_HOST/);
    expect(of('project')[0]?.what).toMatch(/none in this folder/);
    expect(of('clock')[0]?.status).toBe('ok');
  });

  it('names the socket that nobody listens on, and what chose it', async () => {
    const socket = join(machine.folder, 'none.sock');
    const { code, of } = await examine();
    expect(code).toBe(4);
    expect(of('engine')).toMatchObject([{ status: 'problem', what: expect.stringContaining(socket) }]);
    expect(of('engine')[0]?.what).toContain('DOCKER_HOST');

    // One that an engine has left.
    const script = `require('net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await once(spawn(process.execPath, ['-e', script], { stdio: 'ignore' }), 'exit');
    expect((await examine()).of('engine')).toMatchObject([{ what: expect.stringContaining('nothing listens there') }]);
  });

  it('is not kept by an engine that accepts and never answers', async () => {
    const socket = join(machine.folder, 'silent.sock');
    await using _engine = await listening(
      socket,
      createServer(() => {}),
    );
    const { code, of } = await examine([], { DOCKER_HOST: `unix://${socket}` });
    expect(code).toBe(4);
    expect(of('engine')).toMatchObject([{ why: 'it accepts connections and never answers' }]);
    expect(of('memory')).toHaveLength(1);
  });

  it('tells an engine that is too old, whose clock is off, and that has little memory', async () => {
    const socket = join(machine.folder, 'old.sock');
    const answers: Readonly<Record<string, unknown>> = {
      '/version': { Version: '18.09.1', ApiVersion: '1.39' },
      '/info': { SystemTime: new Date(Date.now() - 600_000).toISOString(), MemTotal: 1_000_000_000 },
      '/volumes': { Volumes: [] },
    };
    const server = createHttpServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[path] ?? []));
    });
    await using _engine = await listening(socket, server);
    const { code, of } = await examine([], { DOCKER_HOST: `unix://${socket}` });
    expect(code).toBe(4);
    expect(of('engine')).toMatchObject([{ status: 'ok' }]);
    expect(of('engine API')).toMatchObject([{ status: 'problem', what: expect.stringContaining('1.39') }]);
    expect(of('clock')).toMatchObject([{ status: 'problem', what: expect.stringMatching(/(600|599|601) s behind/) }]);
    expect(of('memory')).toContainEqual(expect.objectContaining({ what: 'the engine has 1000 MB for all containers' }));
  });

  it('names the docker context, and refuses an engine on another machine', async () => {
    const config = join(machine.env.HOME ?? '', '.docker');
    await mkdir(config, { recursive: true });
    await writeFile(join(config, 'config.json'), JSON.stringify({ currentContext: 'colima' }));
    const without = { DOCKER_HOST: '' };
    const { of } = await examine([], without);
    expect(of('engine')).toMatchObject([{ status: 'problem', what: expect.stringContaining('docker context colima') }]);
    const remote = await examine([], { DOCKER_HOST: 'tcp://10.255.255.1:2375' });
    expect(remote.of('engine')).toMatchObject([
      { status: 'problem', what: expect.stringContaining('another machine') },
    ]);
  });

  it.skipIf(!isRoot)('names who owns a socket that it may not use, and a folder that root has taken over', async () => {
    const socket = join(machine.folder, 'closed.sock');
    await using _engine = await listening(socket, createServer());
    await chmod(socket, 0o660);
    const state = join(machine.folder, 'state', 'devenv-cli');
    for (const name of ['home', 'state', 'data', 'run']) await chown(join(machine.folder, name), 65_534, 65_534);
    const env = { DOCKER_HOST: `unix://${socket}`, XDG_CACHE_HOME: join(machine.env.HOME ?? '', 'cache') };
    const { code, stdout } = await asNobody(['doctor', '--json'], env);
    const all = JSON.parse(stdout) as Finding[];
    expect(code).toBe(4);
    const engine = all.find(({ check }) => check === 'engine');
    expect(engine?.why).toBe(`${socket} has mode 660 and belongs to user 0, group root`);
    expect(engine?.mend).toContain('usermod -aG docker nobody');
    const rights = all.filter(({ check }) => check === 'rights');
    expect(rights[0]).toMatchObject({ status: 'problem', mend: `sudo chown -R 65534 ${state}` });
  });

  async function asNobody(args: readonly string[], env: Readonly<Record<string, string>>) {
    const result = await execa(process.execPath, [BIN, ...args], {
      cwd: '/',
      env: { ...machine.env, ...env },
      extendEnv: false,
      reject: false,
      uid: 65_534,
      gid: 65_534,
    });
    return { code: result.exitCode ?? -1, stdout: result.stdout };
  }

  it('finds another program of the same name', async () => {
    const bin = join(machine.folder, 'nix');
    await mkdir(bin);
    await writeFile(join(bin, 'devenv'), '#!/bin/sh\necho "devenv 1.4.1 (x86_64-linux)"\n', { mode: 0o755 });
    await here.write({ 'devenv.nix': '{ }' });
    const { of } = await examine([], { PATH: `${bin}:${machine.env.PATH}` });
    expect(of('PATH')).toMatchObject([{ status: 'warning', why: expect.stringContaining('Nix') }]);
    expect(of('PATH')[0]?.what).toContain('devenv 1.4.1');

    await writeFile(join(bin, 'devenv'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
    const stuck = await examine([], { PATH: `${bin}:${machine.env.PATH}` });
    expect(stuck.of('PATH')[0]?.what).toContain('does not tell its version');
  });

  it('prints nothing that a terminal would obey, and leaves nothing running of a program that hangs', async () => {
    const bin = join(machine.folder, 'bin');
    const seconds = String(100_000 + process.pid);
    await mkdir(bin);
    await writeFile(join(bin, 'devenv'), "#!/bin/sh\nprintf '\\033[31mhi\\033]0;t\\a\\rthere\\n'\n", { mode: 0o755 });
    const PATH = `${bin}:${machine.env.PATH}`;
    const { of } = await examine([], { PATH });
    expect(of('PATH')[0]).toMatchObject({
      what: `devenv on PATH is not this one but ${join(bin, 'devenv')}: it says hi there`,
      why: 'another program has the same name',
    });

    await writeFile(join(bin, 'devenv'), `#!/bin/sh\nsleep ${seconds}\necho late\n`, { mode: 0o755 });
    expect((await examine([], { PATH })).of('PATH')[0]?.what).toContain('does not tell its version');
    await until('it is gone', async () => (await processesWith(seconds)).length === 0);
  });

  it('knows a script that starts this very installation', async () => {
    const bin = join(machine.folder, 'shims');
    await mkdir(bin);
    await writeFile(join(bin, 'devenv'), `#!/bin/sh\nexec ${process.execPath} ${BIN} "$@"\n`, { mode: 0o755 });
    const { of } = await examine([], { PATH: `${bin}:${machine.env.PATH}` });
    expect(of('PATH')).toMatchObject([{ status: 'ok', what: `devenv is ${join(bin, 'devenv')}, this one` }]);
    await writeFile(join(bin, 'devenv'), '#!/bin/sh\necho 0.1.0\n', { mode: 0o755 });
    expect((await examine([], { PATH: `${bin}:${machine.env.PATH}` })).of('PATH')[0]?.why).toContain(
      'another installation',
    );
  });

  it('tells a plain file from a socket', async () => {
    const file = join(machine.folder, 'plain.sock');
    await writeFile(file, '');
    const { of } = await examine([], { DOCKER_HOST: `unix://${file}` });
    expect(of('engine')).toMatchObject([{ what: expect.stringMatching(/it is no socket$/) }]);
  });

  it('reports a configuration that can not be read, and goes on', async () => {
    await here.write({ 'devenv.config.yaml': 'nmae: x\n' });
    const { code, of } = await examine();
    expect(code).toBe(4);
    expect(of('project')).toMatchObject([{ status: 'problem', what: expect.stringContaining('nmae') }]);
    expect(of('memory')).toHaveLength(1);
  });

  it.skipIf(!canMount)('finds a full disk', async () => {
    await using disk = await mountDisk(join(machine.folder, 'state', 'devenv-cli'), '1m');
    await disk.fill();
    const { code, of } = await examine();
    expect(code).toBe(4);
    const [found] = of('disk').filter(({ status }) => status === 'problem');
    expect(found).toMatchObject({ what: expect.stringContaining(disk.folder), why: 'too little for state and logs' });
  });

  it('mends only what is safe: dead locks, cut-off copies, open folders', async () => {
    const state = join(machine.folder, 'state', 'devenv-cli');
    const lock = join(state, 'ports.jsonl.lock');
    const held = join(state, 'gc.lock');
    const draft = join(machine.folder, 'data', 'devenv-cli', 'drafts', 'draft-1-0-0123456789ab');
    await symlink('999999 token 1', lock);
    await symlink(`${process.pid} token ${await processStart(process.pid)}`, held);
    await mkdir(draft, { recursive: true });
    await mkdir(join(machine.folder, 'run', 'devenv-cli'), { mode: 0o777 });
    await chmod(join(machine.folder, 'run', 'devenv-cli'), 0o777);

    const before = await examine();
    const fixable = before.all.filter((finding) => finding.fixable);
    expect(fixable.map(({ check }) => check).sort()).toEqual(['leftovers', 'leftovers', 'rights']);
    expect(await readdir(state)).toContain('ports.jsonl.lock');

    const fixed = (await examine(['--fix'])).all.filter((finding) => finding.fixed !== null);
    expect(fixed.map(({ fixed: done }) => done)).toEqual(
      expect.arrayContaining([`removed ${lock}`, `removed ${draft}`, expect.stringContaining('mode 755')]),
    );
    expect(await readdir(state)).not.toContain('ports.jsonl.lock');
    expect(await readdir(state)).toContain('gc.lock');
    expect((await examine()).all.filter((finding) => finding.fixable)).toEqual([]);
    await rm(held);
  });

  describe.each(testedRuntimes)('of a checkout on %s', (runtime) => {
    const config = (port: number) => `
name: shop
runtime: ${runtime}
services: { db: { engine: postgres, version: "17" } }
processes: { web: { command: exec node web.js, port: ${port} } }
`;
    const web = "require('http').createServer().listen(process.env.PORT, '127.0.0.1')";
    const engine = { DOCKER_HOST: dockerHost ?? '' };

    it.skipIf(runtime === 'docker' && !dockerHost)(
      'tells who holds its ports, and what a dead supervisor left',
      async () => {
        const shop = await machine.project('shop', { 'devenv.config.yaml': config(await freePort()), 'web.js': web });
        const look = (...args: string[]) => examine(args, engine, shop);
        await shop.ok(['up', '--detach']);
        expect((await look()).all.filter(({ status }) => status === 'problem')).toEqual([]);

        // Its container may hold it: without the engine that can't be told.
        const alone = (await examine([], {}, shop)).of('ports');
        expect(alone.filter(({ status }) => status === 'problem')).toEqual([]);
        expect(alone.filter(({ what }) => what.endsWith('not checked'))).toHaveLength(runtime === 'docker' ? 1 : 0);

        const status = await shop.json<{ environment: { id: string }; services: { port: number }[] }>([
          'status',
          '--json',
        ]);
        const { id } = status.environment;
        const supervisor = await until('there is a supervisor', async () =>
          (await processesWith(id)).find(({ command }) => command.includes('supervisor.js')),
        );
        process.kill(supervisor.pid, 'SIGKILL');
        await until('it is gone', async () => !(await isAlive(supervisor.pid)));
        const orphans = await look('--fix');
        expect(orphans.code).toBe(4);
        expect(orphans.of('supervisors')).toMatchObject([{ status: 'problem', fixable: false }]);
        expect(orphans.of('supervisors')[0]?.what).toContain('left web running');

        for (const { pid } of (await processesWith(id)).filter(({ command }) => command === 'node web.js')) {
          process.kill(pid, 'SIGKILL');
          await until('the process is gone', async () => !(await isAlive(pid)));
        }
        expect((await look()).of('supervisors')).toMatchObject([{ status: 'warning', fixable: true }]);
        expect((await look('--fix')).of('supervisors')).toMatchObject([{ status: 'ok' }]);
        expect((await look()).of('supervisors')).toMatchObject([{ status: 'ok', what: 'none runs' }]);

        await shop.ok(['down']);
        await using holder = await holdPort(status.services[0]?.port ?? 0);
        const taken = await look();
        expect(taken.code).toBe(4);
        const [found] = taken.of('ports');
        expect(found).toMatchObject({ status: 'problem', mend: expect.stringContaining(`kill ${holder.pid}`) });
        expect(found?.what).toContain(`held by ${process.execPath}`);
      },
    );
  });
});
