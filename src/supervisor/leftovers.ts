import { rm } from 'node:fs/promises';
import { takeLock } from '../lib/lock.ts';
import { environmentState } from '../lib/paths.ts';
import { isSameProcess } from '../lib/process-identity.ts';
import { connectSupervisor } from './connect.ts';
import { lockPath, recordsPath } from './locations.ts';
import { endOwned, findOwned, type Owned, type OwnedEntry } from './owned.ts';
import type { Identity } from './process-table.ts';
import { type ProcessRecord, readRecords, socketPath } from './records.ts';
import { untilEnded } from './wait.ts';

/** As long as the supervisor gives them. */
const GRACE_MS = 5000;
/** A supervisor told to stop takes that long, and some more. */
const SUPERVISOR_MS = GRACE_MS + 3000;

/** What still runs of an environment without a supervisor. */
export interface Leftovers {
  readonly records: readonly ProcessRecord[];
  readonly living: readonly OwnedEntry[];
  readonly names: readonly string[];
}

/**
 * Ends what a dead supervisor left running: processes whose pid and start time are on record with their groups, and on
 * Linux all that carry the environment's mark. Does nothing while a supervisor answers. Resolves to their names.
 */
export async function endLeftovers(environment: string): Promise<string[]> {
  const lock = await takeLock(lockPath(environment));
  try {
    return (await connectSupervisor(environment)) ? [] : await cleanUp(environment);
  } finally {
    await lock.release();
  }
}

/** The same, for a caller who holds the lock and knows that no supervisor answers. */
export async function cleanUp(environment: string): Promise<string[]> {
  const stateFolder = environmentState(environment);
  const supervisor = readRecords(stateFolder)?.supervisor;
  const socket = socketPath(environment);
  if (supervisor) await endSupervisor(supervisor);
  const { records, names } = await findLeftovers(environment);
  await endOwned(await ownedBy(environment, records), GRACE_MS);
  await rm(recordsPath(stateFolder), { force: true });
  await rm(socket, { force: true });
  return [...names];
}

export async function findLeftovers(environment: string): Promise<Leftovers> {
  const records = readRecords(environmentState(environment))?.processes ?? [];
  const owned = await ownedBy(environment, records);
  const living = findOwned(owned);
  const alive = records.filter((record) => living.some((entry) => isOf(entry, record)));
  const marks = living.map((entry) => entry.mark).filter((mark) => mark !== null);
  return { records: alive, living, names: [...new Set([...alive.map((record) => record.name), ...marks])] };
}

/** Only leaders that live: the group of one that died long ago may be a stranger's by now. */
async function ownedBy(environment: string, records: readonly ProcessRecord[]): Promise<Owned> {
  const leaders: ProcessRecord[] = [];
  for (const record of records) if (await isSameProcess(record.pid, record.start)) leaders.push(record);
  return { environment, leaders };
}

function isOf(entry: OwnedEntry, record: ProcessRecord): boolean {
  return entry.group === record.pid || entry.mark === record.name;
}

/** One that lives but doesn't answer: it is stuck, shutting down, or its socket was removed from /tmp. */
async function endSupervisor({ pid, start }: Identity): Promise<void> {
  if (pid === process.pid || !(await isSameProcess(pid, start))) return;
  process.kill(pid, 'SIGTERM');
  if (await untilEnded({ pid, start }, SUPERVISOR_MS)) return;
  process.kill(pid, 'SIGKILL');
  await untilEnded({ pid, start });
}
