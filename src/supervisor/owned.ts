import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcess } from '../lib/process-identity.ts';
import { type Identity, processTable, startEnvironment, type TableEntry } from './process-table.ts';

/** Variables that every process of ours and all its descendants carry, whatever group or session they move to. */
export const ENVIRONMENT_MARK = 'DVE_ENVIRONMENT';
export const PROCESS_MARK = 'DVE_PROCESS';

/** What belongs to one process, or, without `process`, to an environment. */
export interface Owned {
  /** Leaders of process groups, which may be dead by now while members of the group live. */
  readonly leaders: readonly Identity[];
  readonly environment: string;
  readonly process?: string;
}

export interface OwnedEntry extends TableEntry {
  /** Value of PROCESS_MARK; null for one that only its group gives away. */
  readonly mark: string | null;
}

const POLL_MS = 10;
/** A process can ignore SIGKILL only while the kernel is busy for it. */
const KILL_MS = 2000;

/** The living processes that are ours: by group, and on Linux by mark. Never the caller itself. */
export function findOwned(owned: Owned): OwnedEntry[] {
  const table = processTable();
  const groups = ownGroups(owned.leaders, table);
  return table
    .filter((entry) => entry.pid !== process.pid)
    .map((entry) => ({ ...entry, mark: markOf(entry.pid, owned) }))
    .filter((entry) => entry.mark !== null || groups.has(entry.group));
}

/** SIGTERM, SIGKILL after `graceMs`. Resolves when all have ended, to those that could not be ended. */
export async function endOwned(owned: Owned, graceMs: number): Promise<readonly OwnedEntry[]> {
  const resisting = await signalUntilGone(owned, 'SIGTERM', graceMs);
  return resisting.length === 0 ? [] : signalUntilGone(owned, 'SIGKILL', KILL_MS);
}

/** Looks again after all that were found have ended: some may have been born meanwhile. */
async function signalUntilGone(owned: Owned, signal: NodeJS.Signals, ms: number): Promise<readonly OwnedEntry[]> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = findOwned(owned);
    if (found.length === 0) return [];
    sendSignal(owned, found, signal);
    while (await anyAlive(found)) {
      if (Date.now() > deadline) return findOwned(owned);
      await sleep(POLL_MS);
    }
  }
}

/** A group gets its signal in one call, so that nobody can be born in between; others one by one. */
function sendSignal(owned: Owned, found: readonly OwnedEntry[], signal: NodeJS.Signals): void {
  const leaders = new Set(owned.leaders.map((leader) => leader.pid));
  const targets = new Set(found.map((entry) => (leaders.has(entry.group) ? -entry.group : entry.pid)));
  for (const target of targets) {
    kill(target, signal);
    // One that was stopped, by a debugger say, could not act on the first.
    kill(target, 'SIGCONT');
  }
}

function kill(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It has ended, or it took another user's identity; the caller sees who is left.
  }
}

/** A group whose leader's pid belongs to another process by now is a stranger's. */
function ownGroups(leaders: readonly Identity[], table: readonly TableEntry[]): ReadonlySet<number> {
  const starts = new Map(table.map((entry) => [entry.pid, entry.start]));
  return new Set(leaders.filter(({ pid, start }) => (starts.get(pid) ?? start) === start).map(({ pid }) => pid));
}

/**
 * Only what the supervisor started carries both marks. The environment's alone is in every shell that has taken its
 * variables over, and in what `devenv run` starts: those are the user's.
 */
function markOf(pid: number, owned: Owned): string | null {
  if (process.platform !== 'linux') return null;
  const variables = startEnvironment(pid);
  if (variables?.get(ENVIRONMENT_MARK) !== owned.environment) return null;
  const mark = variables.get(PROCESS_MARK);
  if (mark === undefined) return null;
  return owned.process === undefined || owned.process === mark ? mark : null;
}

async function anyAlive(entries: readonly Identity[]): Promise<boolean> {
  for (const { pid, start } of entries) if (await isSameProcess(pid, start)) return true;
  return false;
}

/** Pids of all that an environment's supervisor started, as far as the system lets us see marks. */
export function ownPids(environment: string): readonly number[] {
  return findOwned({ environment, leaders: [] }).map(({ pid }) => pid);
}
