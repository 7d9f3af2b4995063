import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcess } from '../lib/process-identity.ts';
import type { Identity } from './process-table.ts';

const POLL_MS = 5;

/** Of a process that isn't our child, so there is no event to wait for. False when it still lives after `ms`. */
export async function untilEnded({ pid, start }: Identity, ms: number = Number.POSITIVE_INFINITY): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (await isSameProcess(pid, start)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
