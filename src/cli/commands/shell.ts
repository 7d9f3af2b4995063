import { shell } from '../../app/client.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  using _taken = context.interrupts.take(() => {});
  const [name = '', ...argv] = context.args;
  return shell(name, { ...commonOptions(context, silent), argv });
}
