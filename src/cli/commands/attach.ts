import { readLastUpOf } from '../../app/last-up.ts';
import { openEnvironment } from '../../app/open.ts';
import { UserError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { displayFor, silent } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { afterScreen } from '../stay.ts';
import { hasScreen, runSession } from '../ui-session.ts';

export async function run(context: CommandContext): Promise<number> {
  if (!hasScreen(context)) {
    throw new UserError('there is no terminal to show a screen on', {
      code: 'usage',
      hints: ['devenv status and devenv logs -f work without one.'],
    });
  }
  const options = commonOptions(context, silent);
  const leave = await runSession(context, {
    starting: false,
    begin: async ({ emit, signal, entered }) => {
      const opened = await openEnvironment({ ...options, emit, signal });
      for (const event of await readLastUpOf(opened)) emit(event);
      entered(opened);
    },
    reopen: (emit) => openEnvironment({ ...options, emit }),
  });
  return afterScreen(leave, context, { ...options, emit: displayFor(context) });
}
