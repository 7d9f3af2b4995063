import type { Emit } from '../core/events.ts';
import { jsonDisplay } from '../display/json.ts';
import { plainDisplay } from '../display/plain.ts';
import type { CommandContext } from './command.ts';

/** The display that the flags ask for: JSON is a result, lines for a person are messages. */
export function displayFor({ options, terminal, emit }: CommandContext): Emit {
  const display =
    options.json === true
      ? jsonDisplay(terminal.print)
      : plainDisplay(terminal.tell, {
          verbose: options.verbose === true,
          quiet: options.quiet === true,
          color: terminal.color,
        });
  if (!emit) return display;
  return (event) => {
    display(event);
    emit(event);
  };
}

/** Where a command's own messages for a person go: nowhere with `--quiet`. */
export function teller({ options, terminal }: Pick<CommandContext, 'options' | 'terminal'>): (text: string) => void {
  return options.quiet === true ? () => {} : terminal.tell;
}

/** For verbs whose result is all that matters. */
export const silent: Emit = () => {};
