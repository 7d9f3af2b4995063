import type { RecordedRequest } from '../recording/recording.ts';
import { type Difference, differences } from './differences.ts';

export interface Near<T> {
  readonly recorded: T;
  readonly differences: readonly Difference[];
}

/** The one of the same method and path that differs least; null where there is none. */
export function nearest<T extends { readonly request: RecordedRequest }>(
  asked: RecordedRequest,
  all: Iterable<T>,
): Near<T> | null {
  let best: Near<T> | null = null;
  for (const recorded of all) {
    if (!isSamePlace(recorded.request, asked)) continue;
    const found = differences(recorded.request, asked);
    if (!best || found.length < best.differences.length) best = { recorded, differences: found };
  }
  return best;
}

function isSamePlace(a: RecordedRequest, b: RecordedRequest): boolean {
  return a.method === b.method && a.path.split('?')[0] === b.path.split('?')[0];
}
