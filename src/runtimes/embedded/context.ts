import { isRoot, type Paths, paths } from '../../lib/paths.ts';
import { type ServerUser, userForServers } from './server-user.ts';

export interface EmbeddedOptions {
  readonly offline: boolean;
  /** The Redis server to use instead of what is found: a path, or a name on PATH. */
  readonly redisProgram?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What every part of this runtime needs to know of the machine and the user. */
export interface Context {
  readonly offline: boolean;
  readonly redisProgram: string | null;
  readonly env: NodeJS.ProcessEnv;
  readonly paths: Paths;
  /** Whom servers run as; null: as the user who runs devenv. */
  readonly user: ServerUser | null;
}

export function createContext(options: EmbeddedOptions): Context {
  const env = options.env ?? process.env;
  return {
    offline: options.offline,
    redisProgram: options.redisProgram ?? null,
    env,
    paths: paths(env),
    user: isRoot() ? userForServers() : null,
  };
}
