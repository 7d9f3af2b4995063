import { onAbort } from '../lib/on-abort.ts';
import { pipeReader } from '../lib/pipe-reader.ts';

const EVERY_MS = 1_000;

/** For what would go on for ever: a signal that is aborted with the outer one, or when `| head` has seen enough. */
export async function whileRead(outer: AbortSignal): Promise<Disposable & { readonly signal: AbortSignal }> {
  const controller = new AbortController();
  const leave = (): void => controller.abort();
  const onError = ({ code }: NodeJS.ErrnoException): void => {
    if (code === 'EPIPE') leave();
  };
  const reader = pipeReader(process.stdout.fd);
  const look = async (): Promise<void> => {
    if (await reader.hasEnded()) leave();
  };
  onAbort(outer, leave);
  process.stdout.on('error', onError);
  await look();
  const timer = setInterval(look, EVERY_MS);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearInterval(timer);
      outer.removeEventListener('abort', leave);
      process.stdout.off('error', onError);
    },
  };
}
