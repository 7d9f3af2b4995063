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

/** Every environment that has an object on this machine, or processes that run. */
export async function ls(options: { readonly sizes: boolean }): Promise<readonly ListedEnvironment[]> {
  const runtimes = await reachableRuntimes();
  const found = (await Promise.all(runtimes.map((runtime) => environmentsOf(runtime, options)))).flat();
  const others = (await readRecords()).filter((record) => !found.some(({ id }) => id === record.id));
  const running = await Promise.all(others.map(async (record) => (await hasProcesses(record.id)) && listed(record)));
  return [...found, ...running.filter((entry) => entry !== false)].sort((a, b) => (a.created < b.created ? -1 : 1));
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
