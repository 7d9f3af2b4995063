import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ExitCode } from '../core/errors.ts';
import { packageFolder } from '../lib/installation.ts';
import { onAbort } from '../lib/on-abort.ts';
import type { Terminal } from './command.ts';

export interface Apart {
  readonly terminal: Terminal;
  /** Ends it in order, as Ctrl-C does. */
  readonly signal: AbortSignal;
  /** Ends it at once. */
  readonly atOnce: AbortSignal;
}

/**
 * Runs a command line in a process of its own and gives its exit code: one that computes for long would let whoever waits
 * for it hear no key, and leave its memory behind.
 */
export async function runApart(argv: readonly string[], { terminal, signal, atOnce }: Apart): Promise<number> {
  const child = spawn(process.execPath, [join(packageFolder(), 'dist', 'main.js'), ...argv], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'close') as Promise<[code: number | null]>;
  for (const [stream, say] of [
    [child.stdout, terminal.print],
    [child.stderr, terminal.tell],
  ] as const) {
    if (stream) createInterface({ input: stream }).on('line', say);
  }
  child.on('message', (message) => terminal.progress?.(message as Parameters<NonNullable<Terminal['progress']>>[0]));
  onAbort(signal, () => void child.kill('SIGINT'));
  onAbort(atOnce, () => void child.kill('SIGKILL'));
  const [code] = await ended;
  return code ?? ExitCode.interrupted;
}
