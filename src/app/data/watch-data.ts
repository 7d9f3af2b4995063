import { isDeepStrictEqual } from 'node:util';
import { type DatabaseState, readySpares } from '../../core/data/state.ts';
import type { Emit } from '../../core/events.ts';
import type { Stack } from '../../core/stack.ts';
import type { Bell } from '../../lib/bell.ts';
import { timeLimit } from '../../lib/time-limit.ts';
import { lookAtData } from './look.ts';

export interface WatchDataOptions {
  /** The stack as its files make it now; null while that isn't known yet. */
  readonly stack: () => Promise<Stack | null>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Rung when something may have changed. */
  readonly bell: Bell;
}

/** When nothing has happened that is known here: other terminals change the data too. */
const SELDOM_MS = 30_000;
/** While spares are made in the background; doubled each time, for they may never be. */
const SOON_MS = 1_000;
/** A server that hangs is no reason to wait for ever. */
const PATIENCE_MS = 5_000;

/** Tells how the databases stand: at once, when something happened, and seldom otherwise. It holds no connection. */
export async function watchData({ stack, emit, signal, bell }: WatchDataOptions): Promise<void> {
  let before: readonly DatabaseState[] = [];
  let soon = SOON_MS;
  while (!signal.aborted) {
    const found = await look(stack, signal);
    if (signal.aborted) return;
    if (found) emit({ type: 'data', databases: found });
    soon = isDeepStrictEqual(found, before) ? soon * 2 : SOON_MS;
    before = found ?? [];
    await bell.wait(before.every(isSettled) ? SELDOM_MS : Math.min(soon, SELDOM_MS), signal);
  }
}

async function look(stack: WatchDataOptions['stack'], signal: AbortSignal) {
  using limit = timeLimit(PATIENCE_MS, signal);
  try {
    const known = await stack();
    return known && (await lookAtData(known, limit.signal));
  } catch {
    // The next look may find more.
    return null;
  }
}

function isSettled(state: DatabaseState): boolean {
  const kept = state.copies.some((copy) => copy.kind === 'baseline' && copy.baseline === state.baseline);
  return !kept || readySpares(state) >= state.spares;
}
