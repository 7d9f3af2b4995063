import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa, type Options } from 'execa';
import type { RuntimeName } from '../../src/core/stack.ts';
import { processesWith, type RunningProcess } from './processes.ts';
import { until } from './until.ts';

/** The engine that `npm test` found or started; without one the docker tests are skipped, counted and named. */
export const dockerHost: string | undefined = process.env.TEST_DOCKER_HOST || process.env.DOCKER_HOST || undefined;

/** Both, unless a run is about one of them. */
export const testedRuntimes: readonly RuntimeName[] = process.env.TEST_RUNTIME
  ? [process.env.TEST_RUNTIME as RuntimeName]
  : ['docker', 'embedded'];

export const BIN = join(import.meta.dirname, '..', '..', 'dist', 'main.js');

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine of its own for devenv: empty home and state. Programs and templates are shared, to save minutes. */
export interface Machine extends AsyncDisposable {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  project(name: string, files: Readonly<Record<string, string>>): Promise<Project>;
}

export interface Project {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  devenv(args: readonly string[], options?: Options): Promise<Result>;
  /** Like `devenv`, but fails the test with everything that was said when the exit code is not 0. */
  ok(args: readonly string[], options?: Options): Promise<Result>;
  json<T>(args: readonly string[]): Promise<T>;
  write(files: Readonly<Record<string, string>>): Promise<void>;
}

export async function makeMachine(extra: Readonly<Record<string, string>> = {}): Promise<Machine> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dve-')));
  // Postgres runs as another user when the tests run as root, and has to get through.
  const { chmod } = await import('node:fs/promises');
  await chmod(folder, 0o755);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: join(folder, 'home'),
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_CACHE_HOME: join(tmpdir(), `devenv-test-cache-${process.getuid?.() ?? 0}`),
    NO_COLOR: '1',
    // The cache is shared: what one test has loaded would be there for the others. Those about it have their own.
    DVE_BASELINES_MAX: '0',
    ...(dockerHost ? { DOCKER_HOST: dockerHost } : {}),
    ...extra,
  };
  for (const place of [env.HOME, env.XDG_STATE_HOME, env.XDG_DATA_HOME, env.XDG_RUNTIME_DIR, env.XDG_CACHE_HOME]) {
    await mkdir(place, { recursive: true, mode: 0o755 });
  }
  await mkdir(join(env.XDG_STATE_HOME, 'devenv-cli'), { recursive: true });
  // One secret for all tests: templates are keyed by it.
  await writeFile(join(env.XDG_STATE_HOME, 'devenv-cli', 'secret'), 'a secret of the tests alone', { mode: 0o600 });
  const projects: Project[] = [];
  return {
    folder,
    env,
    async project(name, files) {
      const project = await makeProject(join(folder, name), env, files);
      projects.push(project);
      return project;
    },
    async [Symbol.asyncDispose]() {
      for (const project of await stillThere(projects)) await project.devenv(['down', '--data', '--yes']);
      // A reset has begun it in the background, and it may still be about to see that all is gone.
      await until('nothing is tidied up any more', async () => !(await processesWith(folder)).some(isTidying));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isTidying({ command }: RunningProcess): boolean {
  return command.includes(' data tidy ');
}

/** As a shell reports it. */
export function codeOf(signal: NodeJS.Signals | undefined): number {
  return signal ? 128 + constants.signals[signal] : -1;
}

/** Those that a test has ended itself need no second end. */
async function stillThere(projects: readonly Project[]): Promise<readonly Project[]> {
  const [first] = projects;
  if (!first) return [];
  const listed = await first.json<readonly { path: string }[]>(['ls', '--json']);
  return projects.filter(({ path }) => listed.some((environment) => environment.path === path));
}

export async function makeProject(
  path: string,
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Promise<Project> {
  const devenv = async (args: readonly string[], options: Options = {}): Promise<Result> => {
    const result = await execa(process.execPath, [BIN, ...args], {
      cwd: path,
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      ...options,
    });
    return {
      code: result.exitCode ?? codeOf(result.signal),
      stdout: String(result.stdout ?? ''),
      stderr: String(result.stderr ?? ''),
    };
  };
  const ok = async (args: readonly string[], options: Options = {}): Promise<Result> => {
    const result = await devenv(args, options);
    if (result.code !== 0) {
      throw new Error(`devenv ${args.join(' ')} ended with ${result.code}\n${result.stdout}\n${result.stderr}`);
    }
    return result;
  };
  const project: Project = {
    path,
    env,
    devenv,
    ok,
    json: async <T>(args: readonly string[]) => JSON.parse((await ok(args)).stdout) as T,
    write: (more) => writeFiles(path, more),
  };
  await mkdir(path, { recursive: true });
  await project.write(files);
  return project;
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}
