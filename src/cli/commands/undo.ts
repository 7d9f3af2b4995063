import { type TakenBack, takeBack } from '../../app/data/take-back.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { chosenServices, printEach } from '../databases.ts';
import { teller } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { withKeys } from '../with-keys.ts';

export function run(context: CommandContext): Promise<number> {
  return runTakeBack('undo', context);
}

export async function runTakeBack(which: 'undo' | 'redo', context: CommandContext): Promise<number> {
  const tell = teller(context);
  const common = commonOptions(context, (event) => event.type === 'notice' && tell(event.message));
  const done = which === 'undo' ? 'taken back' : 'done again';
  const textOf = ({ service, database, what, redis }: TakenBack) =>
    `${service}: in ${database}${withKeys(redis)} the ${what} is ${done}.`;
  await printEach(context, textOf, (print) => takeBack(which, { ...common, ...chosenServices(context), done: print }));
  return ExitCode.ok;
}
