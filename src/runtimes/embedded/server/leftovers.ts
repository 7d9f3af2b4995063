import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../../core/errors.ts';
import { processStart } from '../../../lib/process-identity.ts';
import type { ProcessRecord } from './record.ts';
import { isStartedOn, workersIn, worksIn } from './works-in.ts';

export type FoundServer = Pick<ProcessRecord, 'pid' | 'start' | 'port' | 'stopSignal'>;

/** A Postgres that runs on this data, by its own lock file, whatever records we have. */
export async function unrecordedServer(data: string): Promise<FoundServer | null> {
  const { pid, port } = await postgresLock(data);
  const start = pid && (await processStart(pid));
  if (!pid || !start || !(await isStartedOn(pid, data, 'postgres'))) return null;
  return { pid, start, port, stopSignal: 'SIGINT' };
}

/**
 * Postgres refuses to start while the pid in its lock file is alive. After a reboot that pid may be anybody's, and where
 * pid 1 doesn't reap, as in many containers, a zombie counts as alive for ever: so the file of a server that is surely
 * gone is removed. One whose process has left no trace is left to Postgres.
 */
export async function removeStaleLock(data: string): Promise<void> {
  const { pid } = await postgresLock(data);
  if (pid === null || !isTaken(pid) || (await worksIn(pid, data))) return;
  await rm(join(data, 'postmaster.pid'), { force: true });
}

/** As Postgres asks. One that we may not signal is somebody's too. */
function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A killed server's helpers take a moment to notice; a new server refuses to start next to them. */
export async function awaitNoWorkers(data: string, program: string, patienceMs = 10_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const left = await workersIn(data, program);
    if (left.length === 0) return;
    if (Date.now() > deadline) {
      throw new UserError(`${data} is in use by process ${left.join(', ')}, which devenv has no record of`, {
        hints: [`End it: kill ${left.join(' ')}`],
      });
    }
    await sleep(10);
  }
}

/** Its first line is the pid of the server, its fourth the port (PostgreSQL's src/include/utils/pidfile.h). */
async function postgresLock(data: string): Promise<{ pid: number | null; port: number }> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return { pid: Number(lines[0]) || null, port: Number(lines[3]) || 0 };
}
