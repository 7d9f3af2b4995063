import { UserError } from '../core/errors.ts';
import type { ErrorEvent } from '../core/events.ts';
import type { CommandContext } from './command.ts';
import { commands } from './commands.ts';
import { errorEvent, errorText } from './error-text.ts';
import { endedBy, handleSignals, UNREAD } from './signals.ts';
import { openTerminal } from './terminal.ts';

/** Parses, loads one command, runs it and says how it ended. The only place that prints an error. */
export async function run(argv: readonly string[]): Promise<number> {
  await using signals = handleSignals();
  const terminal = openTerminal(signals.signal);
  let tellProgram = (_event: ErrorEvent): void => {};
  let verb = '';
  try {
    const { parse } = await import('./parse.ts');
    const call = await parse(commands, argv, terminal);
    if ('exitCode' in call) return call.exitCode;
    verb = call.command.name;
    if (call.command.streams && call.options.json === true) {
      tellProgram = (event) => terminal.print(JSON.stringify(event));
    }
    // Work goes on where nobody reads of it; what is only there to be read ends.
    if (call.command.exitCodes.includes('unread')) process.stdout.once('error', () => signals.abort(UNREAD));
    const context: CommandContext = { ...call, terminal, signal: signals.signal, interrupts: signals };
    return await (await call.command.load()).run(context);
  } catch (error) {
    return explain(error, signals.signal, { tell: terminal.tell, tellProgram, verb });
  }
}

interface Listeners {
  readonly tell: (text: string) => void;
  readonly tellProgram: (event: ErrorEvent) => void;
  /** Empty where it isn't known yet. */
  readonly verb: string;
}

function explain(error: unknown, signal: AbortSignal, { tell, tellProgram, verb }: Listeners): number {
  if (signal.aborted && signal.reason === UNREAD) return endedBy(signal);
  if (signal.aborted) {
    const message = [`Interrupted by ${signal.reason}.`, ...whatNow(error, verb)].join(' ');
    tell(`${process.stderr.isTTY ? '\n' : ''}${message}`);
    tellProgram({ type: 'error', code: endedBy(signal), message, hints: [] });
    return endedBy(signal);
  }
  const { text, code } = errorText(error);
  tell(text);
  tellProgram(errorEvent(error));
  return code;
}

/** A command that leaves something else than an environment says what. */
function whatNow(error: unknown, verb: string): readonly string[] {
  if (error instanceof UserError && error.code === 'interrupted') return [error.message, ...error.hints];
  return commands.find(({ name }) => name === verb)?.starts
    ? ['What was started stays; devenv up goes on, devenv down ends it.']
    : [];
}
