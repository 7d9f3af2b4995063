import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { Context } from '../context.ts';
import { exists } from '../exists.ts';
import { hasDebianPackages, unpackDebianPackages } from './debian-packages.ts';
import { findInCache, type Installed, keepInCache, noteUse } from './installed.ts';
import { assertLibraries } from './libraries.ts';
import { findProgram } from './on-path.ts';
import { installCommand } from './system.ts';

interface ClientPackage {
  readonly debian: string;
  /** Another program of the host that does the same. */
  readonly instead?: string;
  /** Programs of this family in the cache bring it along. */
  readonly comesWith?: string;
  /** Where it is in the unpacked package. */
  readonly find: (unpacked: string) => Promise<string | null>;
}

const CLIENTS: Readonly<Record<string, ClientPackage>> = {
  psql: { debian: 'postgresql-client', find: findPsql },
  'redis-cli': {
    debian: 'redis-tools',
    instead: 'valkey-cli',
    comesWith: 'redis-server',
    find: async () => 'usr/bin/redis-cli',
  },
};

export interface ClientCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** An argv that works on this machine: the host's own program, else one fetched without installing it. */
export async function clientCommand(
  context: Context,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ClientCommand> {
  const [name = '', ...args] = argv;
  const client = CLIENTS[name];
  for (const candidate of [name, client?.instead]) {
    const file = candidate && (await findProgram(context.env, candidate));
    if (file) return { file, args, env };
  }
  if (!client) throw new UserError(`${name} is not on PATH`, { code: 'noRuntime' });
  const cached = (await findClient(context, name, client)) ?? (await fetchClient(context, name, client));
  await noteUse(context, cached);
  return { file: cached.file(name), args, env: { ...cached.env, ...env } };
}

async function findClient(context: Context, name: string, client: ClientPackage): Promise<Installed | null> {
  const own = await findInCache(context, name, null);
  return own ?? (client.comesWith ? findInCache(context, client.comesWith, null) : null);
}

async function fetchClient(context: Context, name: string, client: ClientPackage): Promise<Installed> {
  if (context.offline || !(await hasDebianPackages(context))) throw await missing(name, client);
  const signal = new AbortController().signal;
  const keep = async (unpacked: string, version: string, libraries: readonly string[]): Promise<void> => {
    const path = await client.find(unpacked);
    if (!path || !(await exists(join(unpacked, path)))) throw await missing(name, client);
    await assertLibraries(join(unpacked, path), libraries.map((folder) => join(unpacked, folder)).join(':'));
    await keepInCache(context, unpacked, { family: name, version, files: { [name]: path }, libraries });
  };
  const request = { packages: [client.debian], reject: () => null, keep };
  await unpackDebianPackages(context, request, () => {}, signal);
  const fetched = await findInCache(context, name, null);
  if (!fetched) throw await missing(name, client);
  return fetched;
}

/** The plain `postgresql-client` only names the one of the system's version, which has a folder per major. */
async function findPsql(unpacked: string): Promise<string | null> {
  const majors = await readdir(join(unpacked, 'usr/lib/postgresql')).catch(() => []);
  const newest = majors.sort((a, b) => Number(b) - Number(a))[0];
  return newest ? join('usr/lib/postgresql', newest, 'bin/psql') : null;
}

async function missing(name: string, client: ClientPackage): Promise<UserError> {
  const install = await installCommand(client.debian);
  return new UserError(`${name} is not on this machine`, {
    code: 'noRuntime',
    hints: [install ? `Install it: ${install}` : `Install ${client.debian} with your system's package manager.`],
  });
}
