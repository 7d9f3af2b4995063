import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, UserError } from '../../core/errors.ts';
import { nextAfter } from '../../lib/schedule.ts';
import { noteReset, readLastReset } from '../../state/last-reset.ts';
import { openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { resetData } from './reset.ts';
import { tidyData } from './tidy.ts';

/** The clock may be set, and the machine may sleep: so often it is looked at, in milliseconds. */
const LOOK_EVERY = 60_000;

/**
 * Resets the data at the moments that `data.reset` names, until it is ended. One that was due while nothing ran is made up
 * for, once. A reset that fails is told, and the next one comes in its time.
 */
export async function resetOnSchedule(options: CommonOptions, say: (text: string) => void): Promise<void> {
  const { signal } = options;
  const { loaded, environment } = await openCheckout(options);
  const schedule = loaded.config.data?.reset ?? null;
  if (schedule === null) throw new UserError('the configuration has no data.reset', { code: 'usage' });
  for (;;) {
    const last = (await readLastReset(environment.id)) ?? (await begin(environment.id));
    const due = nextAfter(schedule, last);
    if (due === null) throw new UserError(`data.reset: ${schedule} names no moment any more`, { code: 'usage' });
    if (due > new Date()) say(`next reset: ${due.toISOString()}`);
    await sleepUntil(due, signal);
    await once(options, say);
    await noteReset(environment.id, new Date());
  }
}

async function begin(id: string): Promise<Date> {
  const now = new Date();
  await noteReset(id, now);
  return now;
}

async function once(options: CommonOptions, say: (text: string) => void): Promise<void> {
  try {
    const { database, milliseconds } = await resetData({ ...options, progress: () => {} });
    say(`${database} is back at its baseline after ${Math.round(milliseconds)} ms; devenv undo takes that back`);
    await tidyData(options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    say(`not reset: ${messageOf(error)}`);
  }
}

async function sleepUntil(due: Date, signal: AbortSignal): Promise<void> {
  for (let left = due.getTime() - Date.now(); left > 0; left = due.getTime() - Date.now()) {
    await sleep(Math.min(left, LOOK_EVERY), undefined, { signal });
  }
}
