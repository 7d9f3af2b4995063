import { down } from '../app/down.ts';
import type { CommonOptions } from '../app/options.ts';
import { ExitCode } from '../core/errors.ts';
import type { CommandContext } from './command.ts';
import type { Leave } from './ui-session.ts';

/** What Ctrl-C means after everything is ready is for the user to say; no answer leaves all as it is. */
export async function detachOrStop({ terminal }: CommandContext, options: CommonOptions): Promise<number> {
  const answer = await terminal.ask({
    id: 'leave',
    text: 'Detach or stop?',
    choices: [
      { key: 'd', label: 'detach' },
      { key: 's', label: 'stop' },
    ],
    fallback: 'd',
  });
  return afterScreen(answer === 's' ? 'stop' : 'detach', { terminal }, options);
}

/** What was answered to the question, on the screen or without one. */
export async function afterScreen(
  leave: Leave,
  { terminal }: Pick<CommandContext, 'terminal'>,
  options: CommonOptions,
): Promise<number> {
  if (leave === 'stop') await down({ ...options, id: null, data: false, yes: false, ask: terminal.ask });
  else terminal.tell('Detached: everything goes on running. devenv attach comes back, devenv down stops it.');
  return ExitCode.ok;
}
