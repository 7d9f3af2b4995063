import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { UserError } from '../../../core/errors.ts';
import { processStart } from '../../../lib/process-identity.ts';
import type { Context } from '../context.ts';
import type { ServerCommand } from './command.ts';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

export interface Spawned {
  readonly pid: number;
  readonly start: string;
  readonly logOffset: number;
}

/** Starts a server in a session of its own, so that it outlives this process and its terminal. */
export async function spawnServer(context: Context, command: ServerCommand, logFile: string): Promise<Spawned> {
  await rotate(logFile);
  const log = await open(logFile, 'a', 0o600);
  try {
    const logOffset = (await log.stat()).size;
    const pid = await launch(context, command, log.fd);
    return { pid, start: (await processStart(pid)) ?? '', logOffset };
  } finally {
    await log.close();
  }
}

function launch(context: Context, command: ServerCommand, log: number): Promise<number> {
  const child = spawn(command.file, command.args, {
    // The folder of whoever runs devenv may be closed to the server's user, and would be kept busy.
    cwd: '/',
    detached: true,
    env: command.env,
    stdio: ['ignore', log, log],
    ...context.user,
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => {
      child.unref();
      resolve(child.pid as number);
    });
    child.once('error', (error) => {
      reject(new UserError(`${command.file} can't be started: ${error.message}`, { cause: error }));
    });
  });
}

/** At a start only, when nobody writes to it. */
async function rotate(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
}
