import type { CommandContext } from '../command.ts';
import { runClient } from '../run-client.ts';

export function run(context: CommandContext): Promise<number> {
  return runClient('postgres', context);
}
