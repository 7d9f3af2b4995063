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

/**
 * For verbs that give the terminal to another program: what is written to a pipe or a log is that program's; who sits
 * there has to know why a variable is missing.
 */
export function besideChild({ terminal }: Pick<CommandContext, 'terminal'>): Emit {
  return (event) => {
    if (event.type === 'notice' && (event.level === 'warning' || terminal.interactive)) terminal.tell(event.message);
  };
}

/** For verbs whose result is all that matters. */
export const silent: Emit = () => {};
