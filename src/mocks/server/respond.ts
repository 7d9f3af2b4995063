import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Part } from '../provider.ts';

/** How it ended. */
export interface Sent {
  /** False where the caller left before the end. */
  readonly whole: boolean;
}

export interface Sending {
  /** Hears of all that goes out. */
  readonly keep: (data: string | Uint8Array) => void;
  /** Aborted when the caller goes. */
  readonly left: AbortSignal;
}

/** Sends an answer, part by part in its times. A caller may leave at any moment; throws only what getting a part throws. */
export async function respond(response: ServerResponse, answer: Answer, { keep, left }: Sending): Promise<Sent> {
  const { parts } = answer;
  // Nearly all answers are one part: with its length in the header, and in one packet.
  if (Array.isArray(parts) && parts.length === 1 && !answer.cut)
    return sendWhole(response, answer, parts[0] as Part, { keep, left });
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  // Timers come late: the next part waits for less then, or a long stream would take far more time than it should.
  let dueMs = performance.now();
  for await (const { afterMs, data } of parts) {
    dueMs = Math.max(dueMs + afterMs, performance.now());
    if (afterMs > 0) await waited(dueMs - performance.now(), left);
    if (response.destroyed) return { whole: false };
    keep(data);
    if (!response.write(data)) await drained(response);
  }
  if (response.destroyed) return { whole: false };
  // Not before what was written is sent.
  if (answer.cut) response.socket?.destroySoon();
  else response.end();
  return { whole: !answer.cut };
}

async function sendWhole(response: ServerResponse, answer: Answer, part: Part, { keep, left }: Sending): Promise<Sent> {
  if (part.afterMs > 0) await waited(part.afterMs, left);
  if (response.destroyed) return { whole: false };
  keep(part.data);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(part.data) });
  response.end(part.data);
  return { whole: true };
}

/** Until then, or until the caller goes. */
function waited(ms: number, left: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal: left }).catch(() => {});
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
