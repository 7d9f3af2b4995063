import type { CommandContext } from '../command.ts';
import { runTakeBack } from './undo.ts';

export function run(context: CommandContext): Promise<number> {
  return runTakeBack('redo', context);
}
