import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { Report } from '../../../core/execute.ts';
import type { Context } from '../context.ts';
import { hasDebianPackages, unpackDebianPackages } from './debian-packages.ts';
import { keepInCache } from './installed.ts';
import { assertLibraries } from './libraries.ts';
import { findOnPath, type PathPrograms, serverFamily } from './on-path.ts';
import { installCommand } from './system.ts';
import { majorOf } from './versions.ts';

/** A server of a wanted major from the machine's own Debian or Ubuntu; throws with what was found and what to do. */
export async function fetchDebianServer(
  context: Context,
  service: string,
  programs: PathPrograms,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { findings, named } = await findOnPath(context, programs);
  if (named) throw unusable(service, programs, findings);
  if (!(await hasDebianPackages(context))) throw await notFound(programs, findings);
  if (context.offline) throw await notFound(programs, [...findings, '--offline forbids to fetch it']);

  const missing = await unpackDebianPackages(context, request(context, programs), report, signal);
  if (missing !== null) throw notOffered(service, programs, [...findings, missing]);
}

function request(context: Context, programs: PathPrograms): Parameters<typeof unpackDebianPackages>[1] {
  const family = serverFamily(programs);
  return {
    packages: programs.debian,
    reject: (version) =>
      programs.majors.includes(majorOf(version)) ? null : `this system's package ${family} is version ${version}`,
    keep: async (unpacked, version, libraries) => {
      const program = join(unpacked, programs.debianProgram);
      await assertLibraries(program, libraries.map((path) => join(unpacked, path)).join(':'));
      const files = await linkNames(unpacked, programs);
      await keepInCache(context, unpacked, { family, version, files, libraries });
    },
  };
}

/** The packages' own program has another name, and does what it does by the name it is called with. */
async function linkNames(unpacked: string, programs: PathPrograms): Promise<Record<string, string>> {
  await mkdir(join(unpacked, 'devenv-bin'));
  const others = await readdir(join(unpacked, 'usr/bin'));
  const files = Object.fromEntries(others.map((name) => [name, join('usr/bin', name)]));
  for (const name of programs.names) {
    files[name] = join('devenv-bin', name);
    await symlink(join('..', programs.debianProgram), join(unpacked, 'devenv-bin', name));
  }
  return files;
}

async function notFound(programs: PathPrograms, findings: readonly string[]): Promise<UserError> {
  const install = await installCommand(programs.installHint);
  const hint = install
    ? `Install it: ${install}`
    : `Install ${programs.installHint} with your system's package manager.`;
  return problem(programs, findings, hint);
}

/** To install it would bring the same wrong version. */
function notOffered(service: string, programs: PathPrograms, findings: readonly string[]): UserError {
  const own = `name a server program of your own: services.${service}.program.`;
  return problem(programs, findings, `Ask for a version that is there, or ${own}`);
}

/** The one that the user names is the only one that counts. */
function unusable(service: string, programs: PathPrograms, findings: readonly string[]): UserError {
  const place = programs.named === undefined ? '' : ` (${programs.named})`;
  return new UserError(`${service}: ${findings.join('; ')}${place}`, {
    code: 'noRuntime',
    hints: [`Name another, or none: then devenv looks for ${programs.installHint} itself.`, WITH_DOCKER],
  });
}

const WITH_DOCKER = 'Or run it with a Docker engine: devenv up --runtime docker.';

function problem(programs: PathPrograms, findings: readonly string[], hint: string): UserError {
  const wanted = `${programs.names.join(' or ')} of version ${programs.majors.join(' or ')}`;
  return new UserError(`${wanted} is not on this machine: ${findings.join('; ')}`, {
    code: 'noRuntime',
    hints: [hint, WITH_DOCKER],
  });
}
