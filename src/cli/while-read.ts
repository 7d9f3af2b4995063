import { onAbort } from '../lib/on-abort.ts';
import { pipeReader } from '../lib/pipe-reader.ts';
import { UNREAD } from './signals.ts';

const EVERY_MS = 1_000;

/**
 * For what would go on for ever: a signal that is aborted with the outer one, or when `| head` has seen enough. Without
 * it that would be noticed with the next line only, and there may be none.
 */
export async function whileRead(outer: AbortSignal): Promise<Disposable & { readonly signal: AbortSignal }> {
  const controller = new AbortController();
  const pass = (): void => controller.abort(outer.reason);
  const reader = pipeReader(process.stdout.fd);
  const look = async (): Promise<void> => {
    if (await reader.hasEnded()) controller.abort(UNREAD);
  };
  onAbort(outer, pass);
  await look();
  const timer = setInterval(look, EVERY_MS);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearInterval(timer);
      outer.removeEventListener('abort', pass);
    },
  };
}
