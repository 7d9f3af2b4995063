import { ExitCode, messageOf, systemProblem, UserError } from '../core/errors.ts';
import type { ErrorEvent } from '../core/events.ts';
import { maskKeys } from '../core/guard/find.ts';

/** What is said about an error, and how a command that it ends exits. */
export function errorText(error: unknown): { readonly text: string; readonly code: number } {
  const { message, hints, code } = errorEvent(error);
  const stack = code === ExitCode.bug && error instanceof Error ? (error.stack ?? '') : null;
  if (stack !== null) return { text: maskKeys(`${message}\n${stack}`), code };
  const prefix = code === ExitCode.bug ? '' : 'Error: ';
  return { text: [prefix, message, ...hints.map((hint) => `\n  ${hint}`)].join(''), code };
}

/** The same for programs. */
export function errorEvent(error: unknown): ErrorEvent {
  if (error instanceof UserError) {
    // Whatever has quoted what: a key of a provider is in no message.
    const hints = error.hints.map(maskKeys);
    return { type: 'error', code: ExitCode[error.code], message: maskKeys(error.message), hints };
  }
  const system = systemProblem(error);
  if (system) return { type: 'error', code: ExitCode.failed, message: maskKeys(system), hints: [] };
  return {
    type: 'error',
    code: ExitCode.bug,
    message: `This is a bug in devenv: ${maskKeys(messageOf(error))}`,
    hints: [],
  };
}
