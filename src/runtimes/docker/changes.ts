import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { Label } from '../../core/labels.ts';

/** An engine that was restarted answers again after a moment. */
const RETRY_MS = 1_000;
const TELLING = ['create', 'start', 'die', 'destroy', 'pause', 'unpause', 'restart', 'oom'];

/** From the engine's own events. When the engine goes away that is a change, and when it is back another. */
export async function* changes(docker: Dockerode, environment: string, signal: AbortSignal): AsyncGenerator<void> {
  const filters = { type: ['container' as const], event: TELLING, label: [`${Label.environment}=${environment}`] };
  // Its types lag behind. Podman answers with the first event: what ends the wait for that ends the stream too.
  const abortable = { abortSignal: signal };
  while (!signal.aborted) {
    const stream = (await docker.getEvents({ filters, ...abortable }).catch(() => null)) as Readable | null;
    if (stream) {
      // What happened before the engine listened.
      yield;
      for await (const _line of linesOf(stream)) yield;
      if (!signal.aborted) yield;
    }
    await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}

async function* linesOf(stream: Readable): AsyncGenerator<string> {
  // A stream that is cut off has ended, whatever cut it.
  stream.on('error', () => {});
  const lines = createInterface({ input: stream });
  stream.once('close', () => lines.close());
  yield* lines;
}
