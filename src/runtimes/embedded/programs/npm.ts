import { ExecaError, execa } from 'execa';
import { UserError } from '../../../core/errors.ts';
import type { Context } from '../context.ts';

/**
 * Runs the user's npm in the user's folder, so that its registry, proxy and credentials are the ones the user has set
 * up for this project.
 */
export async function npm(context: Context, argv: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    const env = { ...context.env, npm_config_loglevel: 'error', npm_config_update_notifier: 'false' };
    const options = { env, extendEnv: false, cancelSignal: signal, stdin: 'ignore' } as const;
    return (await execa('npm', argv, options)).stdout;
  } catch (error) {
    signal.throwIfAborted();
    throw problem(argv, error);
  }
}

function problem(argv: readonly string[], error: unknown): UserError {
  const command = `npm ${argv.slice(0, 2).join(' ')}`;
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
    return new UserError('npm is not on PATH; it is needed to fetch Postgres', { code: 'noRuntime', cause: error });
  }
  return new UserError(`${command} failed: ${lastWords(error)}`, {
    code: 'noRuntime',
    hints: [`Try it by hand: ${command}`, 'npm uses the registry, proxy and credentials of your .npmrc.'],
    cause: error,
  });
}

/** With --json npm puts the error on standard output, as JSON. */
function lastWords(error: unknown): string {
  if (!(error instanceof ExecaError)) return String(error);
  const summary = /"summary":\s*("(?:[^"\\]|\\.)*")/.exec(String(error.stdout))?.[1];
  if (summary) return JSON.parse(summary) as string;
  const lines = String(error.stderr)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines[0]?.replace(/^npm (?:error|ERR!) /, '') ?? error.shortMessage;
}
