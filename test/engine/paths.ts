import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface InstancePaths {
  name: string;
  /** Holds everything of one engine, and outlives it unless the engine is an empty one. */
  root: string;
  data: string;
  exec: string;
  socket: string;
  pidFile: string;
  log: string;
  /** A bind-mounted network namespace, present only when the engine has its own. */
  netns: string;
}

/** A unix socket's path holds 107 bytes, and the engine puts sockets up to 40 below its root. */
const LONGEST_ROOT = 60;

function cacheRoot(): string {
  const base = process.env.XDG_CACHE_HOME || (process.getuid?.() === 0 ? '/var/cache' : join(homedir(), '.cache'));
  return join(base, 'devenv-test-engine');
}

export function cachePath(...parts: string[]): string {
  return join(cacheRoot(), ...parts);
}

export function instancePaths(name: string): InstancePaths {
  const root = cachePath('instances', name);
  const short = root.length <= LONGEST_ROOT ? root : join(tmpdir(), `dte-${shortHash(root)}`);
  return {
    name,
    root,
    data: join(root, 'data'),
    exec: join(short, 'exec'),
    socket: join(short, 'docker.sock'),
    pidFile: join(short, 'docker.pid'),
    log: join(root, 'log'),
    netns: join(root, 'netns'),
  };
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
