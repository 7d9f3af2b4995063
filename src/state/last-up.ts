import { join } from 'node:path';
import type { Event } from '../core/events.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { environmentState } from '../lib/paths.ts';

/**
 * The plan of the last `up` that did something, with the times of its steps: what a later look at it is made from. Before
 * it stand the live keys that were let in.
 */
export type UpEvent = Extract<Event, { readonly type: (typeof UP_EVENTS)[number] | 'notice' }>;

const UP_EVENTS = ['plan', 'step-started', 'step-finished', 'step-failed', 'ready'] as const;

export function isUpEvent(event: Event): event is UpEvent {
  return UP_EVENTS.some((type) => type === event.type);
}

export async function writeLastUp(id: string, events: readonly UpEvent[]): Promise<void> {
  await writeJson(fileOf(id), events);
}

export async function readLastUp(id: string): Promise<readonly UpEvent[]> {
  return (await readJson<readonly UpEvent[]>(fileOf(id))) ?? [];
}

function fileOf(id: string): string {
  return join(environmentState(id), 'last-up.json');
}
