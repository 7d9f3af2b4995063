import type { Model, TimedStep } from './model.ts';

type Start = Pick<Model, 'steps' | 'readyMs' | 'failure'>;

/** How the last start went. Times are milliseconds. */
export type Outcome =
  | { readonly kind: 'nothing' | 'running' }
  | { readonly kind: 'ready' | 'failed' | 'cut off'; readonly ms: number | null };

/** `live`: something that starts is under way. What other terminals start tells nothing here but its result. */
export function outcomeOf(start: Start, live: boolean): Outcome {
  if (hasFailed(start)) return { kind: 'failed', ms: startMs(start) };
  if (endedWell(start)) return { kind: 'ready', ms: startMs(start) };
  if (live) return { kind: 'running' };
  return start.steps.length === 0 ? { kind: 'nothing' } : { kind: 'cut off', ms: startMs(start) };
}

export function hasFailed({ steps, failure }: Start): boolean {
  return failure !== null || steps.some(({ failed }) => failed !== null);
}

export function endedWell(start: Start): boolean {
  return start.steps.length > 0 && !hasFailed(start) && start.steps.every(({ ended }) => ended !== null);
}

/** As it was told, else from the first step to the end of the last; null where none has ended. */
export function startMs({ steps, readyMs }: Start): number | null {
  if (readyMs !== null) return readyMs;
  const began = timesOf(steps, 'began');
  const ended = timesOf(steps, 'ended');
  return ended.length === 0 ? null : Math.max(...ended) - Math.min(...began);
}

export function timesOf(steps: readonly TimedStep[], which: 'began' | 'ended'): readonly number[] {
  return steps.flatMap((step) => step[which] ?? []);
}
