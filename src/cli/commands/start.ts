import { up } from '../../app/up.ts';
import { ExitCode } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { upOptions } from './up.ts';

export async function run(context: CommandContext): Promise<number> {
  await up(upOptions(context));
  return ExitCode.ok;
}
