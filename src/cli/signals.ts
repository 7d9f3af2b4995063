import { ExitCode } from '../core/errors.ts';
import type { Interrupts } from './command.ts';

export interface Signals extends Interrupts, AsyncDisposable {
  readonly signal: AbortSignal;
  /** Aborts as a signal of this name would. */
  abort(name: string): void;
}

/** Longer than most commands take to give up in order. */
const PATIENCE_MS = 300;

/** Ctrl-C, SIGTERM and a closed terminal abort the running command, once; a second Ctrl-C ends the process at once. */
export function handleSignals(): Signals {
  const controller = new AbortController();
  const takers: (() => void)[] = [];
  const tell = (text: string): void => void process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}${text}\n`);
  let patience: NodeJS.Timeout | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    const taker = takers.at(-1);
    if (name === 'SIGINT' && taker) return taker();
    if (controller.signal.aborted && name === 'SIGINT') {
      tell('Ended at once. devenv up mends what was left half-made.');
      process.exit(ExitCode.interrupted);
    }
    if (name === 'SIGINT') {
      patience = setTimeout(() => tell('Ending what was begun; Ctrl-C again ends at once.'), PATIENCE_MS);
    }
    controller.abort(name);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    abort: (name) => controller.abort(name),
    take(handler) {
      takers.push(handler);
      return { [Symbol.dispose]: () => void takers.splice(takers.indexOf(handler), 1) };
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(patience);
      for (const name of names) process.off(name, onSignal);
    },
  };
}

/** What the output was written for is gone. */
export const UNREAD = 'SIGPIPE';

const ENDED_BY: Readonly<Record<string, number>> = {
  SIGTERM: ExitCode.terminated,
  SIGHUP: ExitCode.hungUp,
  [UNREAD]: ExitCode.unread,
};

/** The exit code of a command that a signal has ended. */
export function endedBy(signal: AbortSignal): number {
  return ENDED_BY[String(signal.reason)] ?? ExitCode.interrupted;
}
