import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { gated, openGate } from '../lib/gate.ts';
import { processStart } from '../lib/process-identity.ts';
import { makePipes, type PipeReader } from './named-pipe.ts';
import { ENVIRONMENT_MARK, PROCESS_MARK } from './owned.ts';
import type { Identity } from './process-table.ts';
import type { ProcessSpec } from './protocol.ts';

/** A started child that waits at the gate. */
export interface Child extends Identity {
  readonly out: PipeReader;
  readonly err: PipeReader;
  readonly exited: Promise<Exit>;
  /** Lets it run the command. */
  release(): void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Starts `sh -c LINE` as the leader of its own process group, with the given variables and no others. */
export async function launch(
  spec: Pick<ProcessSpec, 'name' | 'command' | 'env' | 'input'>,
  environment: string,
  pipeFolder: string,
): Promise<Child> {
  if (!existsSync(spec.command.cwd)) throw new Error(`there is no folder ${spec.command.cwd}`);
  const pipes = await makePipes(pipeFolder);
  try {
    const { file, args } = gated(['/bin/sh', '-c', spec.command.line]);
    const child = spawn(file, args, {
      cwd: spec.command.cwd,
      env: { ...spec.env, [ENVIRONMENT_MARK]: environment, [PROCESS_MARK]: spec.name },
      detached: true,
      stdio: [spec.input === undefined ? 'ignore' : 'pipe', ...pipes.write, 'pipe'],
    });
    const exited = exitOf(child);
    await spawned(child);
    giveInput(child, spec.input);
    const pid = child.pid as number;
    const start = (await processStart(pid)) ?? '';
    return { pid, start, out: pipes.out, err: pipes.err, exited, release: () => openGate(child) };
  } catch (error) {
    pipes.out.destroy();
    pipes.err.destroy();
    throw error;
  } finally {
    pipes.closeWrite();
  }
}

/** POSIX, "Exit Status for Commands": what the shell says when it could not run the command at all. */
export const SHELL_FAILURES: ReadonlyMap<number, string> = new Map([
  [126, 'the command can not be run'],
  [127, 'there is no such command'],
]);

export function describeExit({ code, signal }: Exit): string {
  if (signal) return `ended by ${signal}`;
  const meaning = code === null ? undefined : SHELL_FAILURES.get(code);
  return meaning ? `exited with ${code}: ${meaning}` : `exited with ${code}`;
}

/** It waits in the pipe until the command reads it; one that never does is ended all the same. */
function giveInput(child: ChildProcess, input: string | undefined): void {
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    // The message alone: the error carries the whole argv.
    child.once('error', (error) => reject(new Error(`it can't be started: ${error.message}`)));
  });
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}
