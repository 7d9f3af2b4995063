import { changedSince, changedWords } from '../../core/data/baseline.ts';
import type { Emit } from '../../core/events.ts';
import type { Observed } from '../../core/observed.ts';
import type { Stack } from '../../core/stack.ts';

/** Says which migrations and seeds are no longer those that the data was loaded from, and what to do about it. */
export function tellChanged(stack: Stack, observed: Observed, emit: Emit): void {
  for (const { name, content } of stack.services) {
    const loaded = observed.services.find((found) => found.name === name)?.content;
    const changed = content && loaded ? changedSince(content, loaded) : null;
    if (changed !== null) emit({ type: 'notice', level: 'info', message: changedWords(stack, name, changed) });
  }
}
