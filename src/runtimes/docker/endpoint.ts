import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readJson } from '../../lib/files.ts';

/** What leads to an address that nobody has named. */
export const USUAL = 'the usual socket';

/** Where an engine may listen, and what led there. */
export interface EngineAddress {
  readonly host: string;
  /** For a person: `DOCKER_HOST`, `context colima`, `the usual socket`. */
  readonly from: string;
}

/**
 * The addresses to try, in the order of the docker client: DOCKER_HOST, the current context, then the usual sockets,
 * Podman's too. An address that the user chose is the only one: falling back to another engine would surprise.
 */
export async function engineAddresses(env: NodeJS.ProcessEnv): Promise<readonly EngineAddress[]> {
  if (env.DOCKER_HOST) return [{ host: env.DOCKER_HOST, from: 'DOCKER_HOST' }];
  const chosen = await contextAddress(env);
  if (chosen) return [chosen];
  return usualSockets(env)
    .filter((path) => existsSync(path))
    .map((path) => ({ host: `unix://${path}`, from: USUAL }));
}

/** Throws for an engine on another machine: its ports and folders aren't here. */
export function refuseRemote(address: EngineAddress): void {
  const { host, from } = address;
  if (/^(unix|npipe):\/\//.test(host)) return;
  const url = URL.canParse(host) ? new URL(host) : null;
  if (!url || !/^(tcp|https?|ssh):$/.test(url.protocol)) {
    throw new UserError(`${from} is "${host}", which is no address of a Docker engine`, {
      code: 'noRuntime',
      hints: ['An address looks like unix:///var/run/docker.sock.', 'Or: devenv up --runtime embedded.'],
    });
  }
  if (/^(tcp|https?):$/.test(url.protocol) && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname)) return;
  throw new UserError(
    `the Docker engine at ${host} (${from}) is on another machine; devenv needs one on this machine`,
    {
      code: 'noRuntime',
      hints: [
        'Unset DOCKER_HOST or choose a local context: docker context use default.',
        'Or: devenv up --runtime embedded.',
      ],
    },
  );
}

/** Null for the default one, which is the usual socket. */
export async function currentContext(env: NodeJS.ProcessEnv): Promise<string | null> {
  const config = await readJson<{ currentContext?: string }>(join(configFolder(env), 'config.json'));
  const name = env.DOCKER_CONTEXT || config?.currentContext;
  return !name || name === 'default' ? null : name;
}

function configFolder(env: NodeJS.ProcessEnv): string {
  return env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker');
}

async function contextAddress(env: NodeJS.ProcessEnv): Promise<EngineAddress | null> {
  const name = await currentContext(env);
  if (name === null) return null;
  // The docker client names a context's folder by the SHA-256 of its name.
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson<{ Endpoints?: { docker?: { Host?: string } } }>(
    join(configFolder(env), 'contexts', 'meta', id, 'meta.json'),
  );
  const host = meta?.Endpoints?.docker?.Host;
  if (!host) {
    throw new UserError(`the docker context ${name} has no address`, {
      code: 'noRuntime',
      hints: ['docker context ls shows what there is.'],
    });
  }
  return { host, from: `context ${name}` };
}

function usualSockets(env: NodeJS.ProcessEnv): readonly string[] {
  const home = env.HOME || homedir();
  const run = env.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(run ? [join(run, 'docker.sock')] : []),
    join(home, '.docker/run/docker.sock'),
    join(home, '.colima/default/docker.sock'),
    join(home, '.orbstack/run/docker.sock'),
    join(home, '.rd/docker.sock'),
    ...(run ? [join(run, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}
