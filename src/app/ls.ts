import type { EnvironmentRecord, Runtime, Sizes } from '../core/runtime.ts';
import { userId } from '../lib/paths.ts';
import { readRecords } from '../state/records.ts';
import { observeProcesses } from '../supervisor/observe.ts';
import { reachableRuntimes } from './choose-runtime.ts';
import type { EnvironmentStatus } from './status.ts';

/** One element of `devenv ls --json`; part of the interface. */
export interface ListedEnvironment extends EnvironmentStatus, Partial<Sizes> {
  /** ISO 8601. */
  readonly created: string;
  /** Numeric id of the user who made it; null where no label tells. */
  readonly owner: string | null;
}

export interface LsOptions {
  readonly sizes: boolean;
  /** Other users' on the same engine too. */
  readonly all: boolean;
}

/** An object without the label, of another version of devenv, is no reason to hide an environment. */
export function isMine({ owner }: Pick<EnvironmentRecord, 'owner'>): boolean {
  return owner === null || owner === userId();
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
export async function ls(options: LsOptions): Promise<Listing> {
  const { runtimes, noEngine } = await reachableRuntimes();
  const found = (await Promise.all(runtimes.map((runtime) => environmentsOf(runtime, options)))).flat();
  const records = await readRecords();
  const others = records.filter((record) => !found.some(({ id }) => id === record.id));
  const unasked = (record: EnvironmentRecord) => noEngine !== null && record.runtime === 'docker';
  const known = await Promise.all(
    others.map(async (record) => (unasked(record) || (await hasProcesses(record.id))) && listed(record)),
  );
  const all = [...found, ...known.filter((entry) => entry !== false)].map((entry) => asOfNow(entry, records));
  return {
    environments: all.sort((a, b) => (a.created < b.created ? -1 : 1)),
    // Where nothing hints at an engine there is none to miss.
    incomplete: noEngine && (noEngine.expected || others.some(unasked)) ? noEngine.why : null,
  };
}

async function environmentsOf(runtime: Runtime, options: LsOptions): Promise<ListedEnvironment[]> {
  const records = (await runtime.environments()).filter((record) => options.all || isMine(record));
  const sizes = options.sizes ? await runtime.sizes(records.map(({ id }) => id)) : new Map<string, Sizes>();
  return records.map((record) => ({ ...listed(record), ...sizes.get(record.id) }));
}

/** Objects tell where the checkout was when they were made, the record where it was last seen. */
function asOfNow(entry: ListedEnvironment, records: readonly EnvironmentRecord[]): ListedEnvironment {
  const record = records.find(({ id }) => id === entry.id);
  return record ? { ...entry, path: record.path, branch: record.branch } : entry;
}

async function hasProcesses(id: string): Promise<boolean> {
  const { supervisor, leftovers } = await observeProcesses(id);
  return supervisor || leftovers;
}

function listed({ id, kind, project, branch, path, runtime, created, owner }: EnvironmentRecord): ListedEnvironment {
  return { id, kind, project, branch, path, runtime, created, owner: owner ?? null };
}
