import { setTimeout as sleep } from 'node:timers/promises';
import { isServer, type ProcessRecord } from './record.ts';

/** Postgres ends its clients' work on SIGINT, and everything at once on SIGQUIT. */
function escalation(record: ProcessRecord): readonly (readonly [NodeJS.Signals, number])[] {
  const force: readonly [NodeJS.Signals, number] = ['SIGKILL', 10_000];
  if (record.stopSignal === 'SIGINT') return [['SIGINT', 20_000], ['SIGQUIT', 5_000], force];
  return [[record.stopSignal, 20_000], force];
}

/** Ends a server that runs, more and more firmly. Before every signal it is made sure that it is still our server. */
export async function endServer(record: ProcessRecord, data: string): Promise<void> {
  for (const [signal, patienceMs] of escalation(record)) {
    if (!(await isServer(record, data))) return;
    kill(record.pid, signal);
    if (await isGone(record, data, patienceMs)) return;
  }
  throw new Error(`Process ${record.pid} does not end, not even on SIGKILL.`);
}

async function isGone(record: ProcessRecord, data: string, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (!(await isServer(record, data))) return true;
    await sleep(5);
  }
  return false;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
