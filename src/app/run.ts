import { constants } from 'node:os';
import { UserError } from '../core/errors.ts';
import { guardStack } from './live-keys.ts';
import { openEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';
import { revealed } from './variables.ts';

/** Runs a command in the caller's folder with the environment's variables; gives its exit code. */
export async function run(argv: readonly string[], options: CommonOptions): Promise<number> {
  const { stack } = await openEnvironment(options);
  await guardStack(stack, 'run', options.emit);
  options.signal.throwIfAborted();
  const [file = '', ...args] = argv;
  const { spawn } = await import('node:child_process');
  const child = spawn(file, args, { cwd: options.cwd, env: revealed(stack.variables), stdio: 'inherit' });
  // Ctrl-C reaches the child through the terminal; what only we are sent is passed on.
  const forward = (): void => void child.kill(options.signal.reason === 'SIGINT' ? 0 : options.signal.reason);
  options.signal.addEventListener('abort', forward, { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(startError(file, error)));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

function startError(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ENOENT') return error;
  return new UserError(`there is no command ${file}`, {
    code: 'usage',
    hints: ['devenv run -- COMMAND ARGUMENTS'],
    cause: error,
  });
}
