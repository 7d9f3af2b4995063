import { type ChildProcess, spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { UserError } from '../../../core/errors.ts';
import { writeJson } from '../../../lib/files.ts';
import { gated, openGate } from '../../../lib/gate.ts';
import { processStart } from '../../../lib/process-identity.ts';
import type { Context } from '../context.ts';
import type { ServerCommand } from './command.ts';
import type { ProcessRecord } from './record.ts';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** Where its record and its log go, and what the record says besides the process. */
export interface SpawnOptions extends Pick<ProcessRecord, 'run' | 'port' | 'stopSignal'> {
  readonly processFile: string;
  readonly logFile: string;
}

/**
 * Starts a server in a session of its own, so that it outlives this process and its terminal. It runs once it is on
 * record, and not at all when that fails.
 */
export async function spawnServer(
  context: Context,
  command: ServerCommand,
  { processFile, logFile, ...known }: SpawnOptions,
): Promise<ProcessRecord> {
  await rotate(logFile);
  const log = await open(logFile, 'a', 0o600);
  try {
    const logOffset = (await log.stat()).size;
    const child = await launch(context, command, log.fd);
    const pid = child.pid as number;
    const record = { ...known, pid, start: (await processStart(pid)) ?? '', logOffset, stopped: false };
    try {
      await writeJson(processFile, record satisfies ProcessRecord);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    openGate(child);
    child.unref();
    return record;
  } finally {
    await log.close();
  }
}

function launch(context: Context, command: ServerCommand, log: number): Promise<ChildProcess> {
  const { file, args } = gated([command.file, ...command.args]);
  const child = spawn(file, args, {
    // The folder of whoever runs devenv may be closed to the server's user, and would be kept busy.
    cwd: '/',
    detached: true,
    env: command.env,
    stdio: ['ignore', log, log, 'pipe'],
    ...context.user,
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child));
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
