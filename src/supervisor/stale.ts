import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '../lib/lock.ts';
import { environmentState, isEnvironmentId, paths } from '../lib/paths.ts';
import { isSameProcess } from '../lib/process-identity.ts';
import { connectSupervisor } from './connect.ts';
import { findLeftovers } from './leftovers.ts';
import { lockPath, recordsPath } from './locations.ts';
import { type Records, readRecords, socketPath } from './records.ts';

export type SupervisorState =
  | { readonly state: 'answers'; readonly pid: number }
  /** It lives and says nothing. */
  | { readonly state: 'silent'; readonly pid: number }
  /** Only its files are left, and the names of processes that it left running. */
  | { readonly state: 'dead'; readonly left: readonly string[]; readonly files: readonly string[] };

export interface FoundSupervisor {
  readonly environment: string;
  readonly is: SupervisorState;
}

/** Every supervisor that has a record or a socket. */
export async function findSupervisors(): Promise<readonly FoundSupervisor[]> {
  const ids = [...(await recorded()), ...(await listening())].filter(isEnvironmentId);
  return Promise.all(
    [...new Set(ids)].map(async (environment) => ({ environment, is: await supervisorState(environment) })),
  );
}

/** Removes the record and the socket of a dead one that left nothing running. False when it is not that. */
export async function forgetSupervisor(environment: string): Promise<boolean> {
  await using _lock = await takeLock(lockPath(environment));
  const is = await supervisorState(environment);
  if (is.state !== 'dead' || is.left.length > 0) return false;
  for (const file of is.files) await rm(file, { force: true });
  return true;
}

async function supervisorState(environment: string): Promise<SupervisorState> {
  const client = await connectSupervisor(environment);
  if (client) return { state: 'answers', pid: client.found.pid };
  const state = environmentState(environment);
  const record = readRecords(state)?.supervisor;
  if (record && (await isSameProcess(record.pid, record.start))) return { state: 'silent', pid: record.pid };
  const { names } = await findLeftovers(environment);
  return { state: 'dead', left: names, files: [recordsPath(state), await lastSocket(environment)] };
}

/** Also by a record of before the machine's last start, which tells nothing else any more. */
async function lastSocket(environment: string): Promise<string> {
  const text = await readFile(recordsPath(environmentState(environment)), 'utf8').catch(() => '{}');
  try {
    return (JSON.parse(text) as Partial<Records>).socket ?? socketPath(environment);
  } catch {
    return socketPath(environment);
  }
}

async function recorded(): Promise<readonly string[]> {
  const ids = (await readdir(join(paths().state, 'environments')).catch(() => [])).filter(isEnvironmentId);
  const files = await Promise.all(
    ids.map((id) =>
      readFile(recordsPath(environmentState(id))).then(
        () => true,
        () => false,
      ),
    ),
  );
  return ids.filter((_, index) => files[index]);
}

async function listening(): Promise<readonly string[]> {
  const names = await readdir(paths().run).catch(() => []);
  return names.filter((name) => name.endsWith('.sock')).map((name) => name.slice(0, -'.sock'.length));
}
