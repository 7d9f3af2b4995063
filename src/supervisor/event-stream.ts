import type { IncomingMessage } from 'node:http';
import type { Event } from '../core/events.ts';
import { LineSplitter } from './lines.ts';
import { MAX_BODY_BYTES } from './protocol.ts';
import { nullOnSilence, open } from './request.ts';

/** The events of a supervisor. Ends, without an error, when the signal is aborted or the supervisor goes. */
export async function* readEvents(socket: string, path: string, signal: AbortSignal): AsyncGenerator<Event> {
  if (signal.aborted) return;
  const response = await open(socket, path, { signal }).catch(nullOnSilence);
  if (!response) return;
  try {
    yield* parse(response);
  } catch (error) {
    nullOnSilence(error);
  } finally {
    response.destroy();
  }
}

async function* parse(response: IncomingMessage): AsyncGenerator<Event> {
  const splitter = new LineSplitter(MAX_BODY_BYTES);
  for await (const chunk of response as AsyncIterable<Buffer>) {
    for (const line of splitter.push(chunk)) yield JSON.parse(line) as Event;
  }
}
