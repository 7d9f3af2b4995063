import { loadConfig } from '../../config/load.ts';
import { findConfig } from '../../config/read.ts';
import { UserError } from '../../core/errors.ts';
import type { RuntimeName } from '../../core/stack.ts';
import { readCheckout } from '../../lib/git.ts';
import { knownIdentity } from '../../state/identity.ts';
import { readRecord } from '../../state/records.ts';

/** The checkout that doctor was called in, as far as it can be read without changing anything. */
export interface ProjectFacts {
  /** Null outside of a project. */
  readonly root: string | null;
  /** What is wrong with its configuration. */
  readonly mistake: UserError | null;
  /** Null while it has none. */
  readonly environment: string | null;
  /** Where its services have to run: by the configuration, or because its data is there. */
  readonly runtime: RuntimeName | null;
  /** Names of its processes; empty where the configuration can't be read. */
  readonly processes: readonly string[];
  /** Why git knows no checkout here. */
  readonly noGit: string | null;
}

const NONE: ProjectFacts = {
  root: null,
  mistake: null,
  environment: null,
  runtime: null,
  processes: [],
  noGit: null,
};

export async function projectFacts(cwd: string): Promise<ProjectFacts> {
  const found = await findConfig(cwd);
  if (!found) return NONE;
  const { root } = found;
  const [loaded, environment, git] = await Promise.all([
    loadConfig({ cwd, tier: 'development', set: [], env: [] }).catch(mistakeOnly),
    knownIdentity(root),
    readCheckout(root),
  ]);
  const record = environment === null ? null : await readRecord(environment);
  const config = loaded instanceof UserError ? null : loaded.config;
  return {
    root,
    mistake: loaded instanceof UserError ? loaded : null,
    environment,
    runtime: config?.runtime ?? record?.runtime ?? null,
    processes: Object.keys(config?.processes ?? {}),
    noGit: 'none' in git ? git.none : null,
  };
}

function mistakeOnly(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}
