import { address } from '../../app/address.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const url = await address(context.args[0] ?? null, commonOptions(context, silent));
  context.terminal.print(url);
  if (context.options.print === true) return ExitCode.ok;
  const { default: open } = await import('open');
  const browser = await open(url);
  // Without one, as over ssh, the address that was printed has to do.
  browser.once('error', () => {});
  return ExitCode.ok;
}
