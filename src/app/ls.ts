import { type RunState, runState } from '../core/run-state.ts';
import type { EnvironmentRecord, HeldEnvironment, Runtime, Sizes } from '../core/runtime.ts';
import { isEnvironmentId, userId } from '../lib/paths.ts';
import { type KnownEnvironment, readRecords } from '../state/records.ts';
import { glanceAtProcesses, observeProcesses } from '../supervisor/observe.ts';
import { reachableRuntimes } from './choose-runtime.ts';
import type { EnvironmentStatus } from './status.ts';

/** One element of `devenv ls --json`; part of the interface. */
export interface ListedEnvironment extends EnvironmentStatus, Partial<Sizes> {
  /** ISO 8601. */
  readonly created: string;
  /** Numeric id of the user who made it; null where no label tells. */
  readonly owner: string | null;
  readonly state: RunState;
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
  const records = await readRecords();
  const found = (await Promise.all(runtimes.map((runtime) => environmentsOf(runtime, records, options)))).flat();
  const others = records.filter((record) => !found.some(({ id }) => id === record.id));
  const unasked = (record: EnvironmentRecord) => noEngine !== null && record.runtime === 'docker';
  const known = await Promise.all(
    others.map(async (record) => {
      if (unasked(record)) return [listed(record, 'unknown')];
      const { supervisor, leftovers, processes } = await observeProcesses(record.id);
      return supervisor || leftovers ? [listed(record, runState([], processes))] : [];
    }),
  );
  const all = [...found, ...known.flat()].map((entry) => asOfNow(entry, records));
  return {
    environments: all.sort((a, b) => (a.created < b.created ? -1 : 1)),
    // Where nothing hints at an engine there is none to miss.
    incomplete: noEngine && (noEngine.expected || others.some(unasked)) ? noEngine.why : null,
  };
}

async function environmentsOf(
  runtime: Runtime,
  records: readonly KnownEnvironment[],
  options: LsOptions,
): Promise<ListedEnvironment[]> {
  const held = (await runtime.environments()).filter((one) => options.all || isMine(one));
  const sizes = options.sizes ? await runtime.sizes(held.map(({ id }) => id)) : new Map<string, Sizes>();
  return Promise.all(
    held.map(async (one) => {
      const processes = await processesWith(one, records.find(({ id }) => id === one.id) ?? null);
      return { ...listed(one, runState(one.services, processes)), ...sizes.get(one.id) };
    }),
  );
}

/** Host processes belong to the runtime that its last `up` took; of another user's nothing is seen. */
async function processesWith(held: HeldEnvironment, record: KnownEnvironment | null) {
  if (!isMine(held) || !isEnvironmentId(held.id)) return [];
  if (record !== null && record.runtime !== held.runtime) return [];
  return (await glanceAtProcesses(held.id)).processes;
}

/** Objects tell where the checkout was when they were made, the record where it was last seen. */
function asOfNow(entry: ListedEnvironment, records: readonly EnvironmentRecord[]): ListedEnvironment {
  const record = records.find(({ id }) => id === entry.id);
  return record ? { ...entry, path: record.path, branch: record.branch } : entry;
}

function listed(
  { id, kind, project, branch, path, runtime, created, owner }: EnvironmentRecord,
  state: RunState,
): ListedEnvironment {
  return { id, kind, project, branch, path, runtime, created, owner: owner ?? null, state };
}
