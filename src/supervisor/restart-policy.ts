import type { ProcessSpec } from './protocol.ts';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 10_000;
/** One that was ready for this long has recovered: its next failure is a first one. */
const RECOVERED_MS = 10_000;
/** In a row, without having been ready in between. */
const MAX_FAILURES = 5;

/** How one run of a process ended. */
export interface Ending {
  /** In words for a person: `exited with 1`. */
  readonly why: string;
  readonly success: boolean;
  /** How long it was ready; null when it never was. */
  readonly readyMs: number | null;
  /** Another run would end the same way. */
  readonly final?: boolean;
}

export interface History {
  readonly failures: number;
  readonly delayMs: number;
}

export const NO_HISTORY: History = { failures: 0, delayMs: FIRST_DELAY_MS };

export type Verdict =
  | { readonly next: 'done' | 'failed' | 'stopped'; readonly why: string }
  | { readonly next: 'again'; readonly why: string; readonly delayMs: number; readonly history: History };

/** What follows the end of a run. Pure. */
export function judge(spec: Pick<ProcessSpec, 'once' | 'restart'>, ending: Ending, history: History): Verdict {
  const { why, success } = ending;
  if (spec.once) return { next: success ? 'done' : 'failed', why };
  if (ending.final) return { next: 'failed', why };
  // Not `done`: a server that ended well is still to be started by the next `up`.
  if (success && spec.restart !== 'always') return { next: 'stopped', why };
  if (spec.restart === 'no') return { next: 'failed', why };

  const failures = ending.readyMs === null ? history.failures + 1 : 0;
  if (failures >= MAX_FAILURES) return { next: 'failed', why: `${why}, ${failures} times in a row` };
  const delayMs = (ending.readyMs ?? 0) >= RECOVERED_MS ? FIRST_DELAY_MS : history.delayMs;
  return {
    next: 'again',
    why: `${why}, again after ${delayMs / 1000} s`,
    delayMs,
    history: { failures, delayMs: Math.min(delayMs * 2, MAX_DELAY_MS) },
  };
}
