import { takeBack } from '../../app/data/take-back.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export function run(context: CommandContext): Promise<number> {
  return runTakeBack('undo', context);
}

export async function runTakeBack(which: 'undo' | 'redo', context: CommandContext): Promise<number> {
  const { options, terminal } = context;
  const result = await takeBack(which, commonOptions(context, silent));
  const { service, database, what } = result;
  const done = which === 'undo' ? `the ${what} is taken back` : `the ${what} is done again`;
  terminal.print(options.json === true ? JSON.stringify(result, null, 2) : `${service}: in ${database} ${done}.`);
  return ExitCode.ok;
}
