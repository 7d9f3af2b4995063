/** Exit codes of the bin. Documented in every command's help and in the README; the numbers are part of the interface. */
export const ExitCode = {
  ok: 0,
  bug: 1,
  usage: 2,
  noRuntime: 3,
  failed: 4,
  refused: 5,
  timeout: 124,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCodeName = keyof typeof ExitCode;

export interface UserErrorOptions {
  /** What to try next: one line each, a command where there is one. */
  readonly hints?: readonly string[];
  readonly code?: ExitCodeName;
  readonly cause?: unknown;
}

/** Something the user can mend. Printed once, in `main`, without a stack. Anything else that is thrown is our bug. */
export class UserError extends Error {
  readonly hints: readonly string[];
  readonly code: ExitCodeName;

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'UserError';
    this.hints = options.hints ?? [];
    this.code = options.code ?? 'failed';
  }
}

/** One thing that is wrong in a configuration file. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The key path, such as `services.db.version`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** All problems of a configuration at once. */
export class ConfigError extends UserError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], hints: readonly string[] = []) {
    super(problems.map(formatProblem).join('\n'), { code: 'usage', hints });
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  return problem.path === '' ? `${place}: ${problem.message}` : `${place}: ${problem.path}: ${problem.message}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
