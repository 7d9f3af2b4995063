import { createDemo, describeDemo } from '../../app/demo.ts';
import { ExitCode } from '../../core/errors.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { CommandContext } from '../command.ts';
import { teller } from '../display.ts';
import { runUp, upOptions } from './up.ts';

export async function run(context: CommandContext): Promise<number> {
  const options = { ...upOptions(context), folder: context.args[0] ?? null };
  if (options.dryRun) return describe(context, await describeDemo(options));
  const folder = await createDemo(options);
  const code = await runUp(context, { ...options, names: [], cwd: folder });
  // Where it is can't be known in advance.
  if (context.options.quiet === true && context.options.json !== true) context.terminal.print(folder);
  if (code === 0) teller(context)(`Go on in it: cd ${shellWord(folder)}, then npx devenv status, logs, psql, down`);
  return code;
}

function describe({ options, terminal }: CommandContext, lines: readonly string[]): number {
  for (const message of lines) {
    terminal.print(options.json === true ? JSON.stringify({ type: 'notice', level: 'info', message }) : message);
  }
  return ExitCode.ok;
}
