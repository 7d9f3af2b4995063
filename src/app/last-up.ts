import type { Event } from '../core/events.ts';
import { readLastUp } from '../state/last-up.ts';
import type { OpenEnvironment } from './open.ts';

/** What the last `up` that did something told of its steps. */
export async function readLastUpOf({ environment }: OpenEnvironment): Promise<readonly Event[]> {
  return readLastUp(environment.id);
}
