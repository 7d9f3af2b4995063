import { down } from '../app/down.ts';
import type { CommonOptions } from '../app/options.ts';
import { ExitCode } from '../core/errors.ts';
import type { CommandContext } from './command.ts';
import { errorText } from './error-text.ts';
import type { Leave } from './ui-session.ts';

export const STOPPED = 'Stopped. The data stays.';

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
  return afterScreen({ how: answer === 's' ? 'stop' : 'detach', failure: null }, { terminal }, options);
}

/** What was answered to the question, on the screen or without one. */
export async function afterScreen(
  { how, failure }: Leave,
  { terminal }: Pick<CommandContext, 'terminal'>,
  options: CommonOptions,
): Promise<number> {
  const why = failure ? errorText(failure) : null;
  // The screen that showed it is gone.
  if (why) terminal.tell(why.text);
  if (how === 'stop') {
    await down({ ...options, id: null, data: false, yes: false, ask: terminal.ask });
    terminal.tell(STOPPED);
  } else {
    const running = why ? 'what runs goes on running' : 'everything goes on running';
    terminal.tell(`Detached: ${running}. devenv attach comes back, devenv down stops it.`);
  }
  return why?.code ?? ExitCode.ok;
}
