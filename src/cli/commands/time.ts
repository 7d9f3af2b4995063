import { mocksTime } from '../../app/mocks/time.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args, options, terminal } = context;
  const found = await mocksTime(args[0] ?? null, commonOptions(context, silent));
  const { before, now } = found;
  const moved = args[0] === undefined ? `It is ${now} for the mocks.` : `It is ${now} for the mocks; it was ${before}.`;
  terminal.print(options.json === true ? JSON.stringify(found) : moved);
  return ExitCode.ok;
}
