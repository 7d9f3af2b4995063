/** Exit codes of the bin. Documented in every command's help and in the README; the numbers are part of the interface. */
export const ExitCode = {
  ok: 0,
  bug: 1,
  usage: 2,
  noRuntime: 3,
  failed: 4,
  refused: 5,
  timeout: 124,
  /** The terminal went away. */
  hungUp: 129,
  interrupted: 130,
  /** Whoever read the output went away. */
  unread: 141,
  terminated: 143,
} as const;

export type ExitCodeName = keyof typeof ExitCode;

export interface UserErrorOptions {
  /** What to try next: one line each, a command where there is one. */
  readonly hints?: readonly string[];
  readonly code?: ExitCodeName;
  readonly cause?: unknown;
}

/** Something the user can mend. Printed once, in `cli/run.ts`, without a stack. Anything else that is thrown is our bug. */
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

const SYSTEM_PROBLEMS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'no permission',
  EPERM: 'not permitted',
  ENOTDIR: 'a file is where a folder should be',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk does not answer',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files on this machine',
  ECONNRESET: 'the connection broke off: the engine or a service went away',
  EPIPE: 'the connection broke off: the engine or a service went away',
};

/** The same from programs that devenv runs, such as cp, in whose many lines it would be lost. */
const PROGRAMS_SAY: Readonly<Record<string, string>> = {
  'No space left on device': 'ENOSPC',
  'Disk quota exceeded': 'EDQUOT',
  'Read-only file system': 'EROFS',
};

/** What the operating system refuses, in words, wherever it came up; null for anything else. */
export function systemProblem(error: unknown): string | null {
  if (error instanceof UserError) return null;
  const said = saidBy(messageOf(error));
  const { syscall, code = said?.code, ...named } = (error ?? {}) as NodeJS.ErrnoException & { dest?: string };
  // Of a link the other one is what is written into it.
  const path = (syscall === 'symlink' ? named.dest : named.path) ?? said?.path;
  // Node's recursive mkdir says ENOENT where the file system is read-only (nodejs/node#47098).
  const words = SYSTEM_PROBLEMS[code === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : (code ?? '')];
  return words ? `${words}${path ? `: ${path}` : ''}${syscall ? ` (${syscall})` : ''}` : null;
}

/** The line that tells, and the path in its quotes: `cp: error writing '/data/x': No space left on device`. */
function saidBy(message: string): { readonly code: string; readonly path: string | undefined } | undefined {
  for (const line of message.split('\n')) {
    const code = Object.entries(PROGRAMS_SAY).find(([words]) => line.includes(words))?.[1];
    if (code) return { code, path: /'(\/[^']*)'/.exec(line)?.[1] };
  }
  return undefined;
}
