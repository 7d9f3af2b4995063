import { shell } from '../../app/client.ts';
import type { CommandContext } from '../command.ts';
import { besideChild } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  using _taken = context.interrupts.take(() => {});
  const [name = '', ...rest] = context.args;
  // After the name everything is the command's; a `--` between them is what one would write for others.
  const argv = rest[0] === '--' ? rest.slice(1) : rest;
  return await shell(name, { ...commonOptions(context, besideChild(context)), argv });
}
