import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Status } from '../../src/app/status.ts';
import type { RuntimeName } from '../../src/core/stack.ts';
import { type Machine, makeMachine, type Project } from './project.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'init');
/** Debian's, for which it has Django and FastAPI too. */
export const PYTHON = '/usr/bin/python3';

/** The one that a sample asks for by its `packageManager`: any other would fetch it. */
export const PNPM = 'pnpm@9.12.0';

/** A sample project that runs. */
export interface App {
  readonly project: Project;
  /** What a process answers. */
  ask(name: string, path?: string, method?: string): Promise<string>;
}

/** A machine with what developers of the sample projects have: their package managers, and Debian's languages. */
export async function makeSampleMachine(packages: readonly string[] = []): Promise<Machine> {
  const machine = await makeMachine();
  const tools = join(machine.folder, 'tools');
  await mkdir(join(tools, 'bin'), { recursive: true });
  // yarn leaves folders there when it is ended.
  const temporary = join(machine.folder, 'tmp');
  await mkdir(temporary);
  if (packages.length > 0) await execa('npm', ['install', '--prefix', tools, '--no-save', ...packages]);
  await symlink(PYTHON, join(tools, 'bin', 'python'));
  Object.assign(machine.env, {
    TMPDIR: temporary,
    // Debian's Go does not bring a C compiler along.
    CGO_ENABLED: '0',
    PATH: [join(tools, 'bin'), join(tools, 'node_modules', '.bin'), '/usr/bin', machine.env.PATH].join(':'),
  });
  return machine;
}

/** A copy of a sample, with its dependencies: a command and its arguments, run in a folder of it. */
export async function copySample(
  machine: Machine,
  sample: string,
  runtime: RuntimeName,
  install: readonly string[] = [],
  folder = '.',
): Promise<Project> {
  const project = await machine.project(`${sample}-${runtime}`, {});
  await cp(join(FIXTURES, sample), project.path, { recursive: true });
  const [command, ...args] = install;
  if (command) await execa(command, args, { cwd: join(project.path, folder), env: machine.env, extendEnv: false });
  return project;
}

/** What init makes of a project, running. */
export async function initAndUp(project: Project, runtime: RuntimeName): Promise<App> {
  await project.ok(['init']);
  return upAgain(project, runtime);
}

/** What its configuration says, running. */
export async function upAgain(project: Project, runtime: RuntimeName): Promise<App> {
  await project.ok(['up', '--detach', '--runtime', runtime]);
  const { processes } = await project.json<Status>(['status', '--json']);
  const failed = processes.filter(({ state }) => state === 'failed');
  if (failed.length > 0) throw new Error(`not running: ${failed.map(({ name }) => name).join(', ')}`);
  return {
    project,
    async ask(name, path = '', method = 'GET') {
      const url = processes.find((process) => process.name === name)?.url ?? `http://no-${name}`;
      return (await fetch(`${url}${path}`, { method })).text();
    },
  };
}
