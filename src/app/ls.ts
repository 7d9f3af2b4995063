import type { EnvironmentRecord, Runtime, Sizes } from '../core/runtime.ts';
import { readRecords } from '../state/records.ts';
import { observeProcesses } from '../supervisor/observe.ts';
import { reachableRuntimes } from './choose-runtime.ts';
import type { EnvironmentStatus } from './status.ts';

/** One element of `devenv ls --json`; part of the interface. */
export interface ListedEnvironment extends EnvironmentStatus, Partial<Sizes> {
  /** ISO 8601. */
  readonly created: string;
}

export interface Listing {
  readonly environments: readonly ListedEnvironment[];
  /** Why some may be missing; null when they are all there. */
  readonly incomplete: string | null;
}

/**
 * Every environment that has an object on this machine, or processes that run; and those that were made on an engine
 * that can't be asked now.
 */
export async function ls(options: { readonly sizes: boolean }): Promise<Listing> {
  const { runtimes, noEngine } = await reachableRuntimes();
  const found = (await Promise.all(runtimes.map((runtime) => environmentsOf(runtime, options)))).flat();
  const others = (await readRecords()).filter((record) => !found.some(({ id }) => id === record.id));
  const unasked = (record: EnvironmentRecord) => noEngine !== null && record.runtime === 'docker';
  const known = await Promise.all(
    others.map(async (record) => (unasked(record) || (await hasProcesses(record.id))) && listed(record)),
  );
  const environments = [...found, ...known.filter((entry) => entry !== false)];
  return {
    environments: environments.sort((a, b) => (a.created < b.created ? -1 : 1)),
    // Where nothing hints at an engine there is none to miss.
    incomplete: noEngine && (noEngine.expected || others.some(unasked)) ? noEngine.why : null,
  };
}

async function environmentsOf(runtime: Runtime, options: { readonly sizes: boolean }): Promise<ListedEnvironment[]> {
  const records = await runtime.environments();
  const sizes = options.sizes ? await runtime.sizes(records.map(({ id }) => id)) : new Map<string, Sizes>();
  return records.map((record) => ({ ...listed(record), ...sizes.get(record.id) }));
}

async function hasProcesses(id: string): Promise<boolean> {
  const { supervisor, leftovers } = await observeProcesses(id);
  return supervisor || leftovers;
}

function listed({ id, kind, project, branch, path, runtime, created }: EnvironmentRecord): ListedEnvironment {
  return { id, kind, project, branch, path, runtime, created };
}
