import type { ObservedProcess } from '../core/observed.ts';
import { environmentState } from '../lib/paths.ts';
import { connectSupervisor } from './connect.ts';
import { findLeftovers, type Leftovers } from './leftovers.ts';
import { readRecords } from './records.ts';

export interface ObservedProcesses {
  readonly supervisor: boolean;
  /** With a dead supervisor: what it left running, as `failed`, for nobody takes care of it. */
  readonly processes: readonly ObservedProcess[];
  readonly leftovers: boolean;
}

/** The host processes of an environment, by its supervisor or, when that has died, by what it left. */
export async function observeProcesses(environment: string): Promise<ObservedProcesses> {
  const client = await connectSupervisor(environment);
  if (client) return { supervisor: true, processes: client.found.processes, leftovers: false };
  const found = await findLeftovers(environment);
  return { supervisor: false, processes: orphans(found), leftovers: found.living.length > 0 };
}

/** The same for many at once: what a dead supervisor left is looked for only where its record says that there was one. */
export async function glanceAtProcesses(environment: string): Promise<ObservedProcesses> {
  if (readRecords(environmentState(environment)) !== null) return observeProcesses(environment);
  return { supervisor: false, processes: [], leftovers: false };
}

function orphans({ names, records, living }: Leftovers): ObservedProcess[] {
  return names.map((name) => {
    const record = records.find((candidate) => candidate.name === name);
    const pid = record?.pid ?? living.find((entry) => entry.mark === name)?.pid ?? null;
    const fingerprint = record?.fingerprint ?? {};
    return {
      name,
      state: 'failed',
      pid,
      fingerprint,
      restarts: 0,
      why: 'its supervisor was killed and left it running',
    };
  });
}
