import { access, constants, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, join, resolve } from 'node:path';
import { execa } from 'execa';
import type { Programs } from '../../../core/stack.ts';
import type { Context } from '../context.ts';
import { firstClosedFolder } from '../reachable.ts';
import type { Installed } from './installed.ts';
import { majorOf, versionInOutput } from './versions.ts';

export type PathPrograms = Extract<Programs, { from: 'path' }>;

export interface PathSearch {
  readonly installed: Installed | null;
  /** The user named the program: then nothing else will do. */
  readonly named: boolean;
  /** What was found and why it won't do, for a person. */
  readonly findings: readonly string[];
}

/** Looks for a server of a wanted major: the one the user names, else by its usual names. */
export async function findOnPath(context: Context, programs: PathPrograms): Promise<PathSearch> {
  const usual = programs.named === undefined;
  const names = usual && context.redisProgram ? [context.redisProgram] : programs.names;
  const named = !usual || context.redisProgram !== null;
  const findings: string[] = [];
  for (const name of names) {
    const file = await findProgram(context.env, name);
    if (!file) {
      findings.push(name.includes('/') ? `${name} is not there` : `no ${name} on PATH`);
      continue;
    }
    const version = await versionOf(file);
    const problem = await whyNot(context, file, version, programs.majors);
    if (problem === null)
      return { installed: { version: version ?? '', name: null, file: () => file, env: {} }, named, findings };
    findings.push(`${file} ${problem}`);
  }
  return { installed: null, named, findings };
}

/** Under what name its packages are kept in the cache. */
export function serverFamily(programs: PathPrograms): string {
  return basename(programs.debian[0] ?? programs.debianProgram);
}

/** Absolute, symbolic links kept: some programs behave by the name they are called with. */
export async function findProgram(env: NodeJS.ProcessEnv, name: string): Promise<string | null> {
  if (name.includes('/')) return (await isExecutable(resolve(name))) ? resolve(name) : null;
  for (const folder of (env.PATH ?? '').split(delimiter).filter((part) => part.startsWith('/'))) {
    if (await isExecutable(join(folder, name))) return join(folder, name);
  }
  return null;
}

async function versionOf(file: string, env: Readonly<Record<string, string>> = {}): Promise<string | null> {
  const { stdout } = await execa(file, ['--version'], { env, reject: false, timeout: 5_000, stdin: 'ignore' });
  return versionInOutput(String(stdout ?? ''));
}

async function whyNot(
  context: Context,
  file: string,
  version: string | null,
  majors: readonly string[],
): Promise<string | null> {
  if (version === null) return 'does not tell its version';
  if (!majors.includes(majorOf(version))) return `is version ${version}, not ${majors.join(' or ')}`;
  const closed = await firstClosedFolder(context.user, await realpath(file));
  return closed === null ? null : `is in ${closed}, which only root can pass, and servers don't run as root`;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
