import { ExitCode, messageOf, systemProblem, UserError } from '../core/errors.ts';

/** What is said about an error, and how a command that it ends exits. */
export function errorText(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof UserError) {
    const hints = error.hints.map((hint) => `\n  ${hint}`);
    return { text: ['Error: ', error.message, ...hints].join(''), code: ExitCode[error.code] };
  }
  const system = systemProblem(error);
  if (system) return { text: `Error: ${system}`, code: ExitCode.failed };
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return { text: `This is a bug in devenv: ${messageOf(error)}\n${stack}`, code: ExitCode.bug };
}
