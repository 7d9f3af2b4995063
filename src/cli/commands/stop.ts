import { stop } from '../../app/stop.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { displayFor } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  await stop(context.args, commonOptions(context, displayFor(context)));
  return ExitCode.ok;
}
