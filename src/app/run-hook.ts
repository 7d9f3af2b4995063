import { UserError } from '../core/errors.ts';
import type { Report } from '../core/execute.ts';
import { READY_HOOK, type Stack } from '../core/stack.ts';
import { shellQuoted } from '../lib/shell-word.ts';
import { describeExit, runToEnd } from '../supervisor/client.ts';
import { revealed } from './variables.ts';

/** The user's command for the moment when everything is ready, in the shell, with the environment's variables. */
export async function runHook(stack: Stack, report: Report, signal: AbortSignal): Promise<void> {
  const { ready } = stack.hooks;
  if (!ready) return;
  const spec = { name: READY_HOOK, command: ready, env: revealed(stack.variables) };
  const exit = await runToEnd(spec, stack.environment.id, report, signal);
  if (exit.code === 0) return;
  throw new UserError(`the hook "${ready.line}" ${describeExit(exit)}`, {
    hints: [`It runs in ${ready.cwd}: devenv run -- sh -c ${shellQuoted(ready.line)}`],
  });
}
