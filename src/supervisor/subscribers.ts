import type { ServerResponse } from 'node:http';
import type { Event } from '../core/events.ts';

/** Of one reader who falls behind: from here on log lines are left out … */
const SKIP_LOGS_BYTES = 256 * 1024;
/** … and from here on, with only states still being sent, the connection is closed. */
const CLOSE_BYTES = 4 * 1024 * 1024;

interface Subscriber {
  readonly response: ServerResponse;
  readonly logs: boolean;
  skipped: number;
}

/** Those who read `/events`. What waits for one of them is bounded. */
export class Subscribers {
  readonly #all = new Set<Subscriber>();

  add(response: ServerResponse, options: { readonly logs: boolean }, first: readonly Event[]): void {
    const subscriber: Subscriber = { response, logs: options.logs, skipped: 0 };
    this.#all.add(subscriber);
    response.on('close', () => this.#all.delete(subscriber));
    response.on('error', () => {});
    response.on('drain', () => tellSkipped(subscriber));
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.flushHeaders();
    for (const event of first) send(subscriber, event, toLine(event));
  }

  publish(event: Event): void {
    if (this.#all.size === 0) return;
    const line = toLine(event);
    for (const subscriber of this.#all) send(subscriber, event, line);
  }

  close(): void {
    for (const { response } of this.#all) response.end();
  }
}

function send(subscriber: Subscriber, event: Event, line: string): void {
  const { response } = subscriber;
  if (event.type === 'log' && !subscriber.logs) return;
  if (event.type === 'log' && response.writableLength > SKIP_LOGS_BYTES) {
    subscriber.skipped++;
    return;
  }
  tellSkipped(subscriber);
  response.write(line);
  if (response.writableLength > CLOSE_BYTES) response.destroy();
}

function tellSkipped(subscriber: Subscriber): void {
  const { response, skipped } = subscriber;
  if (skipped === 0 || response.writableLength > SKIP_LOGS_BYTES) return;
  subscriber.skipped = 0;
  response.write(toLine({ type: 'notice', level: 'warning', message: `${skipped} log lines left out` }));
}

function toLine(event: Event): string {
  return `${JSON.stringify(event)}\n`;
}
