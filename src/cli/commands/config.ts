import { openCheckout } from '../../app/open.ts';
import { minted } from '../../app/stack/resolve.ts';
import { ExitCode } from '../../core/errors.ts';
import { table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { options, terminal } = context;
  const checkout = await openCheckout(commonOptions(context, silent));
  const { loaded } = checkout;
  if (options.explain === true) {
    const values = loaded.explain(minted(checkout));
    const rows = values.map(({ path, value, layer, place }) => [path, JSON.stringify(value), layer, place]);
    terminal.print(options.json === true ? JSON.stringify(values, null, 2) : table(rows));
  } else if (options.json === true) {
    terminal.print(JSON.stringify(loaded.masked(), null, 2));
  } else {
    const { stringify } = await import('yaml');
    terminal.print(stringify(loaded.masked(), { aliasDuplicateObjects: false }).trimEnd());
  }
  return ExitCode.ok;
}
