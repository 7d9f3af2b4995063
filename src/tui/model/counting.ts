import type { Counted } from '../../core/data/progress.ts';
import type { UiContext } from '../context.ts';

/** What is being loaded and counted in rows at the moment: by a verb, or by a step of a start. */
export function countingOf({ state, model, now }: Pick<UiContext, 'state' | 'model' | 'now'>): Counted | null {
  if (state.running?.code === null && state.running.counted) return state.running.counted;
  for (const { kind, target, progress, counted, ended } of model.steps) {
    if (kind !== 'load-data' || ended !== null || counted === null) continue;
    const { done, total, since } = counted;
    return { what: `${target}: ${progress}`, done, total, elapsedMs: now - since };
  }
  return null;
}
