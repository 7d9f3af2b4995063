import type { Event } from '../core/events.ts';
import { readLines } from '../lib/door.ts';
import { MAX_BODY_BYTES } from './protocol.ts';

/** The events of a supervisor. Ends, without an error, when the signal is aborted or the supervisor goes. */
export async function* readEvents(socketPath: string, path: string, signal: AbortSignal): AsyncGenerator<Event> {
  const lines = readLines({ socketPath }, path, { maxLineBytes: MAX_BODY_BYTES, signal });
  for await (const line of lines) yield JSON.parse(line) as Event;
}
