import { actOn } from '../../app/act-on.ts';
import { ExitCode } from '../../core/errors.ts';
import { reconcileRestart } from '../../core/reconcile/index.ts';
import type { CommandContext } from '../command.ts';
import { displayFor } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  await actOn(context.args, reconcileRestart, commonOptions(context, displayFor(context)));
  return ExitCode.ok;
}
