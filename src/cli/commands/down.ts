import { down } from '../../app/down.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { displayFor, teller } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { STOPPED } from '../stay.ts';

export async function run(context: CommandContext): Promise<number> {
  const { options, terminal } = context;
  const data = options.data === true;
  const plans = await down({
    ...commonOptions(context, displayFor(context)),
    id: context.args[0] ?? null,
    data,
    yes: options.yes === true,
    ask: terminal.ask,
  });
  const steps = plans.flatMap((plan) => plan.steps);
  if (options.json !== true && steps.length > 0) teller(context)(data ? 'Stopped, data deleted.' : STOPPED);
  return ExitCode.ok;
}
