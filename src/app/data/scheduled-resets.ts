import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, UserError } from '../../core/errors.ts';
import { nextAfter } from '../../lib/schedule.ts';
import { noteReset, readLastReset } from '../../state/last-reset.ts';
import { openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import type { Chosen } from './on-own-server.ts';
import { type ResetResult, resetData } from './reset.ts';
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
  const scheduled = loaded.config.data.flatMap(({ service, reset }) => (reset === null ? [] : [{ service, reset }]));
  if (scheduled.length === 0) throw new UserError('the configuration has no data.reset', { code: 'usage' });
  for (;;) {
    const dues = await Promise.all(scheduled.map((one) => dueOf(environment.id, one)));
    const next = new Date(Math.min(...dues.map(({ due }) => due.getTime())));
    // Those at one moment are one action, which undo takes back as a whole.
    const services = dues.flatMap(({ service, due }) => (due <= next ? [service] : []));
    const which = scheduled.length > 1 ? ` of ${services.join(', ')}` : '';
    if (next > new Date()) say(`next reset${which}: ${next.toISOString()}`);
    await sleepUntil(next, signal);
    await once({ ...options, services }, say);
    for (const service of services) await noteReset(environment.id, service, new Date());
  }
}

interface Scheduled {
  readonly service: string;
  readonly reset: string;
}

async function dueOf(id: string, { service, reset }: Scheduled) {
  const due = nextAfter(reset, (await readLastReset(id, service)) ?? (await begin(id, service)));
  if (due === null) throw new UserError(`data.reset: ${reset} names no moment any more`, { code: 'usage' });
  return { service, due };
}

async function begin(id: string, service: string): Promise<Date> {
  const now = new Date();
  await noteReset(id, service, now);
  return now;
}

async function once(options: CommonOptions & Chosen, say: (text: string) => void): Promise<void> {
  const done = ({ database, milliseconds }: ResetResult) =>
    say(`${database} is back at its baseline after ${Math.round(milliseconds)} ms; devenv undo takes that back`);
  try {
    await resetData({ ...options, progress: () => {}, done });
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
