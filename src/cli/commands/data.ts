import { type DataState, listData } from '../../app/data/list.ts';
import { tidyData } from '../../app/data/tidy.ts';
import { ExitCode } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args } = context;
  const common = commonOptions(context, silent);
  if (args[0] === 'tidy') {
    await tidyData(common);
    return ExitCode.ok;
  }
  printCopies(context, await listData(common));
  return ExitCode.ok;
}

export function printCopies(
  { options, terminal }: Pick<CommandContext, 'options' | 'terminal'>,
  state: DataState,
): void {
  if (options.json === true) {
    terminal.print(JSON.stringify(state, null, 2));
    return;
  }
  const rows = state.copies.map(({ kind, label, created, sizeBytes }) => [
    kind,
    label === '' || kind === 'snapshot' ? label : `of a ${label}`,
    bytes(sizeBytes),
    created.slice(0, 19).replace('T', ' '),
  ]);
  terminal.print(rows.length === 0 ? `${state.service}: no copies of ${state.database}` : table(rows));
}
