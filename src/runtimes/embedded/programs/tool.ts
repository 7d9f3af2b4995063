import { ExecaError, execa } from 'execa';
import { UserError } from '../../../core/errors.ts';

export interface ToolOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Runs a program of the system and gives its output; in English, because some of it is parsed. */
export async function runTool(file: string, argv: readonly string[], options: ToolOptions = {}): Promise<string> {
  try {
    const { stdout } = await execa(file, argv, {
      ...(options.cwd ? { cwd: options.cwd } : {}),
      env: { ...options.env, LC_ALL: 'C' },
      ...(options.signal ? { cancelSignal: options.signal } : {}),
      stdin: 'ignore',
    });
    return stdout;
  } catch (error) {
    options.signal?.throwIfAborted();
    const words = error instanceof ExecaError ? lastLine(String(error.stderr)) || error.shortMessage : String(error);
    throw new UserError(`${file} ${argv[0] ?? ''} failed: ${words}`, { code: 'noRuntime', cause: error });
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
