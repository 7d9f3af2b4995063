import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../../core/errors.ts';
import type { Context } from '../context.ts';
import { hasDebianPackages, unpackDebianPackages } from './debian-packages.ts';
import { findInCache, keepInCache, noteUse } from './installed.ts';
import { findProgram } from './on-path.ts';
import { packageManager } from './system.ts';
import { majorOf, versionInOutput } from './versions.ts';

/** What the server packages on npm lack, and Debian's client packages have. */
const TOOLS = ['pg_dump', 'pg_restore'] as const;

export interface ToolCommand {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A program of Postgres of exactly this major: an older pg_dump refuses the server, and what a newer pg_restore says is
 * beyond it. Taken from PATH or where packages put each major, else from Debian's packages, without installing them.
 */
export async function toolCommand(
  context: Context,
  name: string,
  major: string,
  signal: AbortSignal,
): Promise<ToolCommand> {
  const seen: string[] = [];
  for (const candidate of candidates(name, major)) {
    const file = await findProgram(context.env, candidate);
    if (!file) continue;
    const version = await versionOf(file, signal);
    if (version !== null && majorOf(version) === major) return { file, env: {} };
    seen.push(`${file} is ${version ?? 'of no known version'}`);
  }
  const cached = (await findInCache(context, FAMILY, [major])) ?? (await fetchTools(context, major, seen, signal));
  if (!cached) throw await missing(name, major, seen);
  await noteUse(context, cached);
  return { file: cached.file(name), env: cached.env };
}

const FAMILY = 'postgresql-client';

/** Folders of a major as Debian, Red Hat, Homebrew and Postgres.app have them, then PATH. */
function candidates(name: string, major: string): readonly string[] {
  const folders = [
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
    `/Applications/Postgres.app/Contents/Versions/${major}/bin`,
    join(homedir(), `Applications/Postgres.app/Contents/Versions/${major}/bin`),
  ];
  return [...folders.map((folder) => join(folder, name)), name];
}

async function versionOf(file: string, signal: AbortSignal): Promise<string | null> {
  const { stdout } = await execa(file, ['--version'], { reject: false, stdin: 'ignore', cancelSignal: signal });
  return versionInOutput(String(stdout ?? ''));
}

/** The plain package stands for the one of the system's own version; other majors are in sources that few have. */
async function fetchTools(context: Context, major: string, seen: string[], signal: AbortSignal) {
  if (context.offline || !(await hasDebianPackages(context))) return null;
  for (const name of [`${FAMILY}-${major}`, FAMILY]) {
    const keep = async (unpacked: string, version: string, libraries: readonly string[]): Promise<void> => {
      const bin = join('usr/lib/postgresql', major, 'bin');
      const files = Object.fromEntries(TOOLS.map((tool) => [tool, join(bin, tool)]));
      await keepInCache(context, unpacked, { family: FAMILY, version, files, libraries });
    };
    const reject = (version: string) => (majorOf(version) === major ? null : `${name} is ${version} here`);
    const why = await unpackDebianPackages(context, { packages: [name], reject, keep }, () => {}, signal);
    if (why === null) return findInCache(context, FAMILY, [major]);
    seen.push(why);
  }
  return null;
}

async function missing(name: string, major: string, seen: readonly string[]): Promise<UserError> {
  const debian = (await packageManager()) === 'apt';
  return new UserError(
    `${name} of Postgres ${major} is not on this machine: ${seen.join('; ') || `no ${name} on PATH`}`,
    {
      code: 'noRuntime',
      hints: [
        debian
          ? `Install postgresql-client-${major}; where Debian lacks it, from the PostgreSQL project's own packages.`
          : `Install the client programs of Postgres ${major}.`,
        'Or run the service with a Docker engine, whose image has it: devenv up --runtime docker.',
      ],
    },
  );
}
