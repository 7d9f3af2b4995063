import { UserError } from '../core/errors.ts';
import type { CommandContext } from './command.ts';
import { commands } from './commands.ts';
import { errorText } from './error-text.ts';
import { endedBy, handleSignals } from './signals.ts';
import { openTerminal } from './terminal.ts';

/** Parses, loads one command, runs it and says how it ended. The only place that prints an error. */
export async function run(argv: readonly string[]): Promise<number> {
  await using signals = handleSignals();
  const terminal = openTerminal(signals.signal);
  try {
    const { parse } = await import('./parse.ts');
    const call = await parse(commands, argv, terminal);
    if ('exitCode' in call) return call.exitCode;
    const context: CommandContext = { ...call, terminal, signal: signals.signal, interrupts: signals };
    return await (await call.command.load()).run(context);
  } catch (error) {
    return explain(error, signals.signal, terminal.tell);
  }
}

function explain(error: unknown, signal: AbortSignal, tell: (text: string) => void): number {
  if (signal.aborted) {
    tell(`${process.stderr.isTTY ? '\n' : ''}Interrupted by ${signal.reason}. ${whatNow(error)}`);
    return endedBy(signal);
  }
  const { text, code } = errorText(error);
  tell(text);
  return code;
}

/** A command that leaves something else than an environment says what. */
function whatNow(error: unknown): string {
  if (error instanceof UserError && error.code === 'interrupted') return [error.message, ...error.hints].join(' ');
  return 'What was started stays; devenv up goes on, devenv down ends it.';
}
