import { run as runCommand } from '../../app/run.ts';
import type { Emit } from '../../core/events.ts';
import type { CommandContext } from '../command.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  // The child decides what Ctrl-C means.
  using _taken = context.interrupts.take(() => {});
  const { terminal } = context;
  // What is written to a pipe or a log is the child's; who sits there has to know why a variable is missing.
  const tell = ({ level, message }: { readonly level: string; readonly message: string }): void => {
    if (level === 'warning' || terminal.interactive) terminal.tell(message);
  };
  const emit: Emit = (event) => event.type === 'notice' && tell(event);
  return await runCommand(context.args, commonOptions(context, emit));
}
