import type { ErrorEvent, Event } from '../../core/events.ts';
import type { Model } from '../model/model.ts';
import type { Level } from './level.ts';

export interface Ending {
  readonly source: string;
  readonly line: string;
  readonly level: Level;
}

/** What the log says where a process has ended, which itself can say nothing any more; null for anything else. */
export function endingOf({ members }: Pick<Model, 'members'>, event: Event | ErrorEvent): Ending | null {
  if (event.type !== 'process') return null;
  const before = members.find(({ name }) => name === event.name)?.state;
  const ran = before === 'ready' || before === 'starting';
  const { name: source, state, why } = event;
  const bad = state === 'failed' || state === 'backoff';
  if (!ran || !(bad || state === 'stopped' || state === 'done')) return null;
  return { source, line: `── ${why ?? state}`, level: bad ? 'error' : 'info' };
}
