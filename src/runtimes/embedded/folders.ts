import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from './context.ts';
import { giveTo } from './server-user.ts';

/** The places of one service. Its data has a mark of its own, because it outlives the service. */
export interface ServiceFolder {
  readonly root: string;
  readonly data: string;
  readonly dataMark: string;
  readonly mark: string;
  readonly files: string;
  readonly process: string;
  readonly lock: string;
  readonly log: string;
}

export function serviceFolder(context: Context, environment: string, service: string): ServiceFolder {
  const root = join(environmentFolder(context, environment), plainName(service));
  return {
    root,
    data: join(root, 'data'),
    dataMark: join(root, 'data.json'),
    mark: join(root, 'service.json'),
    files: join(root, 'files'),
    process: join(root, 'pid.json'),
    lock: join(root, 'start.lock'),
    log: join(root, 'server.log'),
  };
}

export function environmentsFolder(context: Context): string {
  return join(context.paths.data, 'environments');
}

export function environmentFolder(context: Context, environment: string): string {
  return join(environmentsFolder(context), plainName(environment));
}

/** For data in the making, next to the environments so that a rename moves it. */
export function draftsFolder(context: Context): string {
  return join(context.paths.data, 'drafts');
}

export function programsFolder(context: Context): string {
  return join(context.paths.cache, 'programs');
}

export function templatesFolder(context: Context): string {
  return join(context.paths.cache, 'templates');
}

/**
 * Makes a folder and those above it that are missing. Where servers run as another user, that user may pass through
 * them but not list them. Set after making, because the user's umask may be stricter.
 */
export async function makeFolder(context: Context, path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (!first) return;
  const stop = dirname(first);
  for (let made = path; made !== stop; made = dirname(made)) await chmod(made, context.user ? 0o711 : 0o700);
}

/** An empty folder that is the server's own. */
export async function makeServerFolder(context: Context, path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await makeFolder(context, dirname(path));
  await mkdir(path);
  await chmod(path, 0o700);
  await giveTo(context.user, path);
}

/** Names become folders: one that could leave its place is a bug of the caller. */
export function plainName(name: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) throw new Error(`Not a plain name: ${JSON.stringify(name)}`);
  return name;
}
