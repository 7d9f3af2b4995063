import { chmod, cp, mkdir, readdir, rename, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListedEnvironment } from '../../src/app/ls.ts';
import type { Status } from '../../src/app/status.ts';
import type { Event } from '../../src/core/events.ts';
import { queryPostgres } from '../support/clients.ts';
import { commitAll, git } from '../support/git.ts';
import { freePort, holdPort } from '../support/ports.ts';
import { BIN, type Machine, makeMachine, type Project } from '../support/project.ts';

/** Two host processes and no engine: who a checkout is doesn't depend on what runs in it. */
function siteFiles(port: number): Record<string, string> {
  return {
    'devenv.config.yaml': `
name: site
runtime: embedded
processes:
  web: { command: exec node web.js, port: ${port}, ready: { http: / } }
`,
    'web.js': `require('http').createServer((q, r) => r.end(process.cwd())).listen(process.env.PORT, '127.0.0.1')`,
  };
}

describe('checkouts of one project', () => {
  let machine: Machine;
  let preferred: number;
  let main: Project;
  let worktree: Project;
  let clone: Project;
  let copy: Project;

  beforeAll(async () => {
    machine = await makeMachine();
    preferred = await freePort();
    main = await machine.project('main', siteFiles(preferred));
    await commitAll(main.path);
    await main.ok(['up', '--detach']);

    await git(main.path, 'worktree', 'add', '--quiet', '-b', 'feature', join(machine.folder, 'worktree'));
    await git(machine.folder, 'clone', '--quiet', 'main', 'clone');
    await cp(main.path, join(machine.folder, 'copy'), { recursive: true });
    [worktree, clone, copy] = await Promise.all([
      machine.project('worktree', {}),
      machine.project('clone', {}),
      machine.project('copy', {}),
    ]);
    await Promise.all([worktree, clone, copy].map((project) => project.ok(['up', '--detach'])));
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('are environments of their own: worktree, clone and copy, without a flag', async () => {
    const all = await Promise.all([main, worktree, clone, copy].map(statusOf));
    expect(new Set(all.map(({ environment }) => environment.id)).size).toBe(4);
    expect(all.map(({ environment }) => environment.branch)).toEqual(['main', 'feature', 'main', 'main']);
    const ports = all.map(({ processes }) => processes[0]?.port);
    expect(new Set(ports).size).toBe(4);
    expect(ports[0]).toBe(preferred);
    expect(await Promise.all([main, worktree, clone, copy].map(answerOf))).toEqual(
      [main, worktree, clone, copy].map(({ path }) => path),
    );
  });

  it('are all listed, from anywhere', async () => {
    const listed = await worktree.json<ListedEnvironment[]>(['ls', '--json']);
    const mine = listed.filter(({ path }) => dirname(path) === machine.folder);
    expect(mine.map(({ path }) => path).sort()).toEqual([main, worktree, clone, copy].map(({ path }) => path).sort());
  });

  it('stay who they are, run after run', async () => {
    const before = await Promise.all([main, worktree, clone, copy].map(statusOf));
    await Promise.all([main, worktree, clone, copy].map((project) => project.ok(['up', '--detach'])));
    expect(await Promise.all([main, worktree, clone, copy].map(statusOf))).toEqual(before);
  });

  it('are who they were after a move, with the same ports', async () => {
    const before = await statusOf(copy);
    await rename(copy.path, join(machine.folder, 'moved'));
    copy = await machine.project('moved', {});
    await copy.ok(['up', '--detach']);
    const after = await statusOf(copy);
    expect(after.environment).toEqual({ ...before.environment, path: copy.path });
    expect(after.processes[0]?.url).toBe(before.processes[0]?.url);
    expect(await answerOf(copy)).toBe(copy.path);
    const listed = await main.json<ListedEnvironment[]>(['ls', '--json']);
    expect(listed.find(({ id }) => id === after.environment.id)?.path).toBe(copy.path);
  });

  it('keep their id on a detached head', async () => {
    const { id } = (await statusOf(clone)).environment;
    await git(clone.path, 'checkout', '--quiet', '--detach');
    expect((await statusOf(clone)).environment).toMatchObject({ id, branch: null });
  });

  it('are told apart from other projects in the same repository', async () => {
    const [api, shop] = await Promise.all([
      machine.project('main/api', siteFiles(preferred)),
      machine.project('main/shop', siteFiles(preferred)),
    ]);
    const ids = [];
    for (const project of [main, api, shop, api]) ids.push((await statusOf(project)).environment.id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[3]).toBe(ids[1]);
  });

  it('name the holder of a port that they had, and take another when told to', async () => {
    await main.ok(['down']);
    {
      await using holder = await holdPort(preferred);
      const { code, stderr } = await main.devenv(['up', '--detach']);
      expect(code).toBe(4);
      expect(stderr).toMatch(new RegExp(`web: its port ${preferred} is held by \\S*node -e .*\\(pid ${holder.pid}\\)`));
      expect(stderr).toContain('devenv up --new-ports');
      expect((await main.devenv(['up', '--dry-run'])).stderr).toContain(`web: its port ${preferred} is held by`);
      await main.ok(['up', '--dry-run', '--new-ports']);
      await main.ok(['up', '--detach', '--new-ports']);
      expect((await statusOf(main)).processes[0]?.port).not.toBe(preferred);
      expect(await answerOf(main)).toBe(main.path);
    }
    // What it took it keeps, also when the preferred one is free again.
    const kept = (await statusOf(main)).processes[0]?.port;
    await main.ok(['down']);
    await main.ok(['up', '--detach']);
    expect((await statusOf(main)).processes[0]?.port).toBe(kept);
  });

  it('take another port than the preferred one when somebody listens there', async () => {
    const port = await freePort();
    await using _holder = await holdPort(port);
    const project = await machine.project('second', siteFiles(port));
    await project.ok(['up', '--detach']);
    expect((await statusOf(project)).processes[0]?.port).not.toBe(port);
    expect(await answerOf(project)).toBe(project.path);
  });

  it('are told by their path where git is not installed', async () => {
    const env = { ...machine.env, PATH: await pathWithout('git', join(machine.folder, 'bin')) };
    const project = await machine.project('no-git', siteFiles(await freePort()));
    const { stdout } = await project.ok(['up', '--detach', '--json'], { env });
    expect(identityIn(stdout).basedOn).toBe('its path, because git is not installed');
    expect((await statusOf(project)).environment.id).toBe(identityIn(stdout).id);
  });

  it('keep their id when they become git checkouts, and take it along when they move', async () => {
    const project = await machine.project('no-git-yet', siteFiles(await freePort()));
    await project.ok(['up', '--detach']);
    const before = await statusOf(project);
    await commitAll(project.path);
    const after = await statusOf(project);
    expect(after).toEqual({ ...before, environment: { ...before.environment, branch: 'main' } });
    await rename(project.path, join(machine.folder, 'went-away'));
    const moved = await machine.project('went-away', {});
    const newcomer = await machine.project('no-git-yet', siteFiles(await freePort()));
    await commitAll(newcomer.path);
    expect((await statusOf(newcomer)).environment.id).not.toBe(before.environment.id);
    expect((await statusOf(moved)).environment.id).toBe(before.environment.id);
    await moved.ok(['down', '--data', '--yes']);
  });

  it('are told by their path where the git folder can not be written', async () => {
    const project = await machine.project('read-only', siteFiles(await freePort()));
    await commitAll(project.path);
    const twice = [await planAsPlainUser(machine, project), await planAsPlainUser(machine, project)];
    expect(twice[0]).toMatchObject({ basedOn: "its path, because the git folder can't be written (EACCES)" });
    expect(twice[1]).toEqual(twice[0]);
  });
});

describe('two worktrees with a database', () => {
  it('have data of their own', async () => {
    await using machine = await makeMachine();
    const main = await machine.project('main', {
      'devenv.config.yaml': 'name: shop\nruntime: embedded\nservices:\n  db: { engine: postgres, version: "17" }\n',
    });
    await commitAll(main.path);
    await git(main.path, 'worktree', 'add', '--quiet', join(machine.folder, 'other'));
    const other = await machine.project('other', {});
    const urls = await Promise.all(
      [main, other].map(async (project) => {
        await project.ok(['up', '--detach']);
        return (await project.json<{ url: string }>(['env', '--format', 'json', '--set', 'env.url=${db.url}'])).url;
      }),
    );
    await queryPostgres(urls[0] ?? '', 'create table mine as select 1');
    expect(await queryPostgres(urls[0] ?? '', "select to_regclass('mine')::text")).toBe('mine');
    expect(await queryPostgres(urls[1] ?? '', "select to_regclass('mine')::text")).toBeNull();
    await other.ok(['down', '--data', '--yes']);
    expect(await queryPostgres(urls[0] ?? '', 'select count(*)::int from mine')).toBe(1);
  });
});

/** A folder with links to all that can be called here, except one. */
async function pathWithout(missing: string, folder: string): Promise<string> {
  await mkdir(folder);
  for (const place of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of await readdir(place).catch(() => [])) {
      // Of two with one name the first counts, as in PATH.
      if (name !== missing) await symlink(join(place, name), join(folder, name)).catch(() => {});
    }
  }
  return folder;
}

async function statusOf(project: Project): Promise<Status> {
  return project.json<Status>(['status', '--json']);
}

async function answerOf(project: Project): Promise<string> {
  return (await fetch((await statusOf(project)).processes[0]?.url ?? '')).text();
}

function identityIn(output: string): Event & { readonly type: 'environment' } {
  const events = output.split('\n').map((line) => JSON.parse(line) as Event);
  return events.find((event) => event.type === 'environment') as Event & { readonly type: 'environment' };
}

/** What a plan says with a git folder that may be read only. Root may write anywhere, so another user looks then. */
async function planAsPlainUser(machine: Machine, project: Project) {
  await chmod(join(project.path, '.git'), 0o555);
  const args = ['up', '--dry-run', '--json'];
  if (process.getuid?.() !== 0) return identityIn((await project.ok(args)).stdout);

  const nobody = '65534';
  const home = join(machine.folder, 'of-nobody');
  await cp(dirname(BIN), join(home, 'devenv', 'dist'), { recursive: true });
  await execa('chown', ['-R', `${nobody}:${nobody}`, home, project.path]);
  const user = ['--reuid', nobody, '--regid', nobody, '--clear-groups'];
  const env = { PATH: machine.env.PATH ?? '', HOME: home, XDG_RUNTIME_DIR: join(home, 'run') };
  const { stdout } = await execa(
    'setpriv',
    [...user, process.execPath, join(home, 'devenv', 'dist', 'main.js'), ...args],
    { cwd: project.path, env, extendEnv: false },
  );
  return identityIn(stdout);
}
