import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from '../lib/lock.ts';
import { environmentState } from '../lib/paths.ts';
import { connectSupervisor, type SupervisorClient } from './connect.ts';
import { cleanUp } from './leftovers.ts';
import { lockPath, supervisorLogPath } from './locations.ts';
import { prepareRunFolder } from './run-folder.ts';

const POLL_MS = 10;
/** All it needs: its processes get the variables of the stack, not its own. */
const PASSED_ON = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|XDG_.*)$/;
/** Its heap is small and lives long; large young generations only cost memory. */
const NODE_FLAGS = ['--max-semi-space-size=1'];

interface StartOptions {
  /** The bundled main.ts. */
  readonly entry: string;
  readonly signal: AbortSignal;
}

/**
 * Connects to the supervisor of an environment, starting it when there is none; what a dead one left is ended before.
 * Of two that do this at once one starts it and the other connects.
 */
export async function startSupervisor(environment: string, options: StartOptions): Promise<SupervisorClient> {
  const running = await connectSupervisor(environment);
  if (running) return running;
  const lock = await takeLock(lockPath(environment), { signal: options.signal });
  try {
    return (await connectSupervisor(environment)) ?? (await startAfresh(environment, options));
  } finally {
    await lock.release();
  }
}

async function startAfresh(environment: string, { entry, signal }: StartOptions): Promise<SupervisorClient> {
  await cleanUp(environment);
  await prepareRunFolder();
  const stateFolder = environmentState(environment);
  const log = supervisorLogPath(stateFolder);
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const logged = await sizeOf(log);
  const child = spawnDetached([...NODE_FLAGS, entry, environment, stateFolder], log);
  for (;;) {
    signal.throwIfAborted();
    const client = await connectSupervisor(environment);
    if (client) return client;
    if (hasEnded(child)) throw new Error(`the supervisor has ended (see ${log}):\n${await textFrom(log, logged)}`);
    await sleep(POLL_MS, undefined, { signal });
  }
}

function spawnDetached(argv: readonly string[], log: string): ChildProcess {
  const output = openSync(log, 'a', 0o600);
  try {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)));
    const child = spawn(process.execPath, argv, { cwd: '/', detached: true, env, stdio: ['ignore', output, output] });
    child.unref();
    // Without a listener a failure to spawn would be thrown into nowhere; `hasEnded` sees it.
    child.on('error', () => {});
    return child;
  } finally {
    closeSync(output);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

/** The last 2 KiB at most. */
async function textFrom(file: string, start: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const from = Math.max(start, size - 2048);
    const { buffer } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString('utf8').trim();
  } finally {
    await handle.close();
  }
}
