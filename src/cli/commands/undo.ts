import { takeBack } from '../../app/data/take-back.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { teller } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { withKeys } from '../with-keys.ts';

export function run(context: CommandContext): Promise<number> {
  return runTakeBack('undo', context);
}

export async function runTakeBack(which: 'undo' | 'redo', context: CommandContext): Promise<number> {
  const { options, terminal } = context;
  const tell = teller(context);
  const common = commonOptions(context, (event) => event.type === 'notice' && tell(event.message));
  const result = await takeBack(which, common);
  const { service, database, what, redis } = result;
  const done = which === 'undo' ? `the ${what} is taken back` : `the ${what} is done again`;
  terminal.print(
    options.json === true ? JSON.stringify(result, null, 2) : `${service}: in ${database}${withKeys(redis)} ${done}.`,
  );
  return ExitCode.ok;
}
