import { page } from '../../app/page.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args, options, terminal } = context;
  const found = await page(args[0] ?? null, commonOptions(context, silent));
  terminal.print(options.json === true ? JSON.stringify(found, null, 2) : found.url);
  if (options.print === true || options.json === true) return ExitCode.ok;
  const { default: open } = await import('open');
  const browser = await open(found.url);
  // Without one, as over ssh, the address that was printed has to do.
  browser.once('error', () => {});
  return ExitCode.ok;
}
