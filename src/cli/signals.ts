import { ExitCode } from '../core/errors.ts';
import type { Interrupts } from './command.ts';

export interface Signals extends Interrupts, AsyncDisposable {
  readonly signal: AbortSignal;
}

/** Ctrl-C, SIGTERM and a closed terminal abort the running command, once; a second Ctrl-C ends the process at once. */
export function handleSignals(): Signals {
  const controller = new AbortController();
  const takers: (() => void)[] = [];
  const onSignal = (name: NodeJS.Signals): void => {
    const taker = takers.at(-1);
    if (name === 'SIGINT' && taker) return taker();
    if (controller.signal.aborted && name === 'SIGINT') process.kill(process.pid, 'SIGKILL');
    controller.abort(name);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    take(handler) {
      takers.push(handler);
      return { [Symbol.dispose]: () => void takers.splice(takers.indexOf(handler), 1) };
    },
    async [Symbol.asyncDispose]() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}

const ENDED_BY: Readonly<Record<string, number>> = { SIGTERM: ExitCode.terminated, SIGHUP: ExitCode.hungUp };

/** The exit code of a command that a signal has ended. */
export function endedBy(signal: AbortSignal): number {
  return ENDED_BY[String(signal.reason)] ?? ExitCode.interrupted;
}
