import { UserError } from '../core/errors.ts';
import type { Report } from '../core/execute.ts';
import type { Stack } from '../core/stack.ts';
import { revealed } from './variables.ts';

/** The user's command for the moment when everything is ready, in the shell, with the environment's variables. */
export async function runHook(stack: Stack, report: Report, signal: AbortSignal): Promise<void> {
  const { ready } = stack.hooks;
  if (!ready) return;
  const { execa } = await import('execa');
  const running = execa('sh', ['-c', ready.line], {
    cwd: ready.cwd,
    env: revealed(stack.variables),
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: signal,
  });
  for await (const line of running.iterable({ from: 'all' })) report(line);
  const { exitCode } = await running;
  if (exitCode === 0) return;
  throw new UserError(`the hook "${ready.line}" ended with exit code ${exitCode ?? 'none'}`, {
    hints: [`It runs in ${ready.cwd}: devenv run -- ${ready.line}`],
  });
}
