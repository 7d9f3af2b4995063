import { down } from '../app/down.ts';
import type { CommonOptions } from '../app/options.ts';
import { ExitCode } from '../core/errors.ts';
import type { CommandContext } from './command.ts';

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
  if (answer === 's') {
    await down({ ...options, id: null, data: false, yes: false, ask: terminal.ask });
    return ExitCode.ok;
  }
  terminal.tell('Detached: everything goes on running. devenv logs -f follows again, devenv down stops it.');
  return ExitCode.ok;
}
