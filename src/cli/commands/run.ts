import { run as runCommand } from '../../app/run.ts';
import type { CommandContext } from '../command.ts';
import { besideChild } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  // The child decides what Ctrl-C means.
  using _taken = context.interrupts.take(() => {});
  return await runCommand(context.args, commonOptions(context, besideChild(context)));
}
