import { messageOf, systemProblem } from './errors.ts';
import type { Emit } from './events.ts';
import type { Plan, Step } from './plan.ts';

export type Report = (message: string, done?: number, total?: number) => void;

/** Carries out one step. The signal is aborted on the first failure and when the user gives up. */
export type Perform = (step: Step, signal: AbortSignal, report: Report) => Promise<void>;

export interface ExecuteOptions {
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/**
 * Carries out a plan: every step as soon as those it waits for are done, side by side where they allow it. After the
 * first failure nothing new begins, what is under way is told to stop and awaited, and the failure is thrown.
 */
export async function execute(plan: Plan, perform: Perform, options: ExecuteOptions): Promise<void> {
  const { emit, now } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const done = new Map<string, Promise<void>>();

  const run = async (step: Step): Promise<void> => {
    await Promise.all(step.after.map((id) => done.get(id)));
    signal.throwIfAborted();
    const began = now();
    emit({ type: 'step-started', step: step.id, at: began });
    try {
      await perform(step, signal, (message, count, total) =>
        emit({ type: 'step-progress', step: step.id, message, ...(total ? { done: count ?? 0, total } : {}) }),
      );
      emit({ type: 'step-finished', step: step.id, at: now(), ms: now() - began });
    } catch (error) {
      const message = systemProblem(error) ?? messageOf(error);
      if (!signal.aborted) emit({ type: 'step-failed', step: step.id, at: now(), message });
      stop.abort(error);
      throw error;
    }
  };

  for (const step of plan.steps) done.set(step.id, run(step));
  await Promise.allSettled(done.values());
  options.signal.throwIfAborted();
  stop.signal.throwIfAborted();
}
