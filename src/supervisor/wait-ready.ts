import { UserError } from '../core/errors.ts';
import type { Event } from '../core/events.ts';

/**
 * Reads events until the process is ready or done; true then, false when the events ended before. Throws a UserError
 * when it has come to rest in any other state, or was never there.
 */
export async function untilReady(events: AsyncIterable<Event>, name: string): Promise<boolean> {
  for await (const event of events) {
    if (event.type !== 'process' || event.name !== name) continue;
    switch (event.state) {
      case 'ready':
      case 'done':
        return true;
      case 'starting':
      case 'backoff':
        continue;
      case 'failed':
      case 'stopped':
      case 'missing':
        throw new UserError(`${name} is not ready: ${event.why ?? `it is ${event.state}`}`, {
          hints: [`devenv logs ${name} shows what it printed.`],
        });
      default:
        event satisfies never;
    }
  }
  return false;
}
