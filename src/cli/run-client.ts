import { client } from '../app/client.ts';
import type { CommandContext } from './command.ts';
import { silent } from './display.ts';
import { commonOptions, text } from './flags.ts';

export async function runClient(engine: string, context: CommandContext): Promise<number> {
  using _taken = context.interrupts.take(() => {});
  const service = text(context.options, 'service') ?? null;
  return await client(engine, { ...commonOptions(context, silent), service, argv: context.args });
}
