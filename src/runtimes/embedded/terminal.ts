import { constants } from 'node:os';
import { execa } from 'execa';
import type { Context } from './context.ts';
import { clientCommand } from './programs/clients.ts';

/** Gives the terminal to a program of this machine. Resolves to its exit code, as a shell counts it. */
export async function runInTerminal(
  context: Context,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const command = await clientCommand(context, argv, env);
  // Ctrl-C reaches the program too, and is its business: psql cancels a query and goes on.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  try {
    const options = { env: command.env, stdio: 'inherit', reject: false } as const;
    const { exitCode, signal, failed, cause } = await execa(command.file, command.args, options);
    if (exitCode !== undefined) return exitCode;
    if (signal) return 128 + constants.signals[signal];
    throw failed ? cause : new Error(`${command.file} ended without an exit code.`);
  } finally {
    process.off('SIGINT', ignore);
  }
}
