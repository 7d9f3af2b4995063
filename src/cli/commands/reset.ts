import { resetData } from '../../app/data/reset.ts';
import { tidyLater } from '../../app/data/tidy-later.ts';
import { ExitCode } from '../../core/errors.ts';
import { seconds } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { teller } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { progressOn } from '../progress.ts';
import { withKeys } from '../with-keys.ts';

export async function run(context: CommandContext): Promise<number> {
  const { options, terminal } = context;
  const tell = teller(context);
  // Where it runs is no news to who resets all day.
  const common = commonOptions(context, (event) => event.type === 'notice' && tell(event.message));
  const shown = options.json === true || options.quiet === true ? {} : terminal;
  using progress = progressOn(shown);
  using copying = progressOn(shown, 'bytes');
  const copied = (done: number, total: number): void => copying.show('copying the baseline', done, total);
  const result = await resetData({ ...common, progress: progress.show, copied });
  for (const one of [progress, copying]) one[Symbol.dispose]();
  const { service, database, milliseconds, redis } = result;
  if (options.json === true) terminal.print(JSON.stringify(result, null, 2));
  else {
    const went = withKeys(redis);
    const did = `${service}: ${database}${went} ${went === '' ? 'was' : 'were'} reset in ${seconds(milliseconds)}`;
    terminal.print(`${did}; devenv undo takes that back.`);
  }
  tidyLater(common);
  return ExitCode.ok;
}
