import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, systemProblem } from '../core/errors.ts';
import { onAbort } from '../lib/on-abort.ts';
import { isTaken } from '../lib/probe.ts';
import { type Child, describeExit, type Exit, launch, SHELL_FAILURES } from './launch.ts';
import { listeningAddresses } from './listening.ts';
import type { Output } from './output.ts';
import { endOwned, findOwned, type Owned } from './owned.ts';
import type { ProcessSpec } from './protocol.ts';
import { type Readiness, untilReady } from './readiness.ts';
import type { RecordBook } from './records.ts';
import type { Ending } from './restart-policy.ts';

/** How long output may still come in after the last process has ended. */
export const DRAIN_MS = 250;

/** What a run needs around it. */
export interface Surroundings {
  readonly environment: string;
  readonly records: RecordBook;
  /** For named pipes. */
  readonly runFolder: string;
  /** How long a process may take to end after SIGTERM. */
  readonly graceMs: number;
}

export interface Watcher {
  started(pid: number): void;
  ready(pid: number): void;
}

/**
 * One run of a process, from its start until everything it has started is gone. Ends when the process does, when it
 * isn't ready in time, or when the signal is aborted.
 */
export async function runOnce(
  spec: ProcessSpec,
  around: Surroundings,
  output: Output,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<Ending> {
  try {
    if (spec.port !== null && !spec.once && (await isTaken(spec.port, signal))) {
      return failure(`port ${spec.port} is taken by another program`);
    }
    const child = await launch(spec, around.environment, around.runFolder);
    return await follow(child, spec, around, output, watcher, signal);
  } catch (error) {
    return failure(systemProblem(error) ?? messageOf(error));
  }
}

async function follow(
  child: Child,
  spec: ProcessSpec,
  around: Surroundings,
  output: Output,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<Ending> {
  const drained = Promise.all([output.take('out', child.out), output.take('err', child.err)]);
  const owned: Owned = { leaders: [child], environment: around.environment, process: spec.name };
  try {
    // Before it begins; on a full disk what can't be noted doesn't begin at all.
    around.records.add({ name: spec.name, pid: child.pid, start: child.start, fingerprint: spec.fingerprint });
    child.release();
    watcher.started(child.pid);
    return await untilEnd(child, spec, owned, watcher, signal);
  } finally {
    // A child that outlives its parent would keep the port from the next run.
    await endOwned(owned, around.graceMs);
    around.records.remove(spec.name);
    await Promise.race([drained, sleep(DRAIN_MS, undefined, { ref: false })]);
    child.out.destroy();
    child.err.destroy();
    await drained;
  }
}

async function untilEnd(
  child: Child,
  spec: ProcessSpec,
  owned: Owned,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<Ending> {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const exited = child.exited.then((exit) => {
    over.abort();
    return exit;
  });
  const readiness: Readiness = spec.once ? { kind: 'aborted' } : await untilReady(spec, stop);
  if (readiness.kind === 'timed-out') return { ...failure(readiness.why + elsewhere(owned)), final: true };
  const readyAt = readiness.kind === 'ready' ? Date.now() : null;
  if (readyAt !== null) watcher.ready(child.pid);
  const exit = await Promise.race([exited, aborted(signal)]);
  return exit === null ? failure('it was stopped') : ending(exit, readyAt);
}

function ending(exit: Exit, readyAt: number | null): Ending {
  const readyMs = readyAt === null ? null : Date.now() - readyAt;
  const final = readyMs === null && exit.code !== null && SHELL_FAILURES.has(exit.code);
  return { why: describeExit(exit), success: exit.code === 0, readyMs, final };
}

function failure(why: string): Ending {
  return { why, success: false, readyMs: null };
}

function elsewhere(owned: Owned): string {
  const found = listeningAddresses(findOwned(owned).map((entry) => entry.pid));
  return found.length === 0 ? '' : `; it listens on ${found.join(', ')}`;
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => onAbort(signal, () => resolve(null)));
}
