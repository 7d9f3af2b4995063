import { once } from 'node:events';
import type { Writable } from 'node:stream';

/**
 * Writes all chunks and ends the stream, no faster than the other side reads. A reader that ends early, as a program does
 * that found a mistake, is no error here: its exit code tells.
 */
export async function feed(chunks: AsyncIterable<Uint8Array>, into: Writable): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  into.on('error', leave).on('close', leave);
  try {
    for await (const chunk of chunks) {
      if (gone.signal.aborted) return;
      if (!into.write(chunk)) await once(into, 'drain', { signal: gone.signal });
    }
    into.end();
  } catch (error) {
    if (!gone.signal.aborted) into.destroy();
    if (!gone.signal.aborted) throw error;
  }
}

const KEPT = 4_000;

/** Keeps the end of a text that comes in pieces. */
export function lastOf(): { add(chunk: Uint8Array): void; text(): string } {
  let kept = '';
  const decoder = new TextDecoder();
  return {
    add(chunk) {
      kept = (kept + decoder.decode(chunk, { stream: true })).slice(-KEPT);
    },
    text: () => kept.trim(),
  };
}
