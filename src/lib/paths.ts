import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Own name in shared folders: the plain `devenv` there belongs to another tool. */
const APP = 'devenv-cli';

/**
 * Where devenv keeps things, by the XDG base directory specification. As root, outside the home folder, because
 * Postgres runs as another user there and can't pass a home folder of mode 0700.
 */
export interface Paths {
  /** Intent without an object: ports, the per-user secret, locks. Losing it costs convenience, never data. */
  readonly state: string;
  /** Data of embedded services. */
  readonly data: string;
  /** Downloads and templates; can be deleted at any time. */
  readonly cache: string;
  /** Sockets: short, because a socket's path may have 104 bytes. */
  readonly run: string;
}

export function paths(env: NodeJS.ProcessEnv = process.env): Paths {
  const root = isRoot();
  const home = absolute(env.HOME) ?? userInfo().homedir;
  const stateHome = absolute(env.XDG_STATE_HOME);
  const runtimeDir = absolute(env.XDG_RUNTIME_DIR);
  const state = join(stateHome ?? (root ? '/var/lib' : join(home, '.local/state')), APP);
  return {
    state: root && !stateHome ? join(state, 'state') : state,
    data: join(absolute(env.XDG_DATA_HOME) ?? (root ? '/var/lib' : join(home, '.local/share')), APP),
    cache: join(absolute(env.XDG_CACHE_HOME) ?? (root ? '/var/cache' : join(home, '.cache')), APP),
    run: runtimeDir ? join(runtimeDir, APP) : join('/tmp', `${APP}-${userInfo().uid}`),
  };
}

/** The specification has empty and relative ones ignored: they would lead into whatever folder devenv is called in. */
function absolute(path: string | undefined): string | undefined {
  return path && isAbsolute(path) ? path : undefined;
}

/** Folder of one environment's logs, process records and the like. */
export function environmentState(id: string): string {
  // Ids come from labels too, which anybody with the engine's socket can write.
  if (!isEnvironmentId(id)) throw new Error(`"${id}" is no id of an environment`);
  return join(paths().state, 'environments', id);
}

export function isEnvironmentId(id: string): boolean {
  return /^[\w-]+$/.test(id);
}

/** As labels have it. */
export function userId(): string {
  return String(process.getuid?.() ?? 0);
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
