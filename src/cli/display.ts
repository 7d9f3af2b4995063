import type { Emit } from '../core/events.ts';
import { jsonDisplay } from '../display/json.ts';
import { plainDisplay } from '../display/plain.ts';
import type { CommandContext } from './command.ts';

/** The display that the flags ask for: JSON is a result, lines for a person are messages. */
export function displayFor({ options, terminal }: CommandContext): Emit {
  if (options.json === true) return jsonDisplay(terminal.print);
  return plainDisplay(terminal.tell, { verbose: options.verbose === true, color: terminal.color });
}

/** For verbs whose result is all that matters. */
export const silent: Emit = () => {};
