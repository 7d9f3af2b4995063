import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { Event } from '../../src/core/events.ts';
import { BIN, type Project } from './project.ts';
import { until } from './until.ts';

export interface KillPoint {
  readonly event: 'step-started' | 'step-finished';
  readonly step: string;
  /** Milliseconds after the event, or what has to have come true after it. */
  readonly later?: number | (() => Promise<unknown>);
}

/**
 * Runs devenv with `--json` and kills it with SIGKILL at that point. False when it ended meanwhile, as it may on a busy
 * machine; fails when it never came there.
 */
export async function killedAt(
  { event, step, later = 0 }: KillPoint,
  project: Project,
  args: readonly string[],
): Promise<boolean> {
  const child = execa(process.execPath, [BIN, ...args, '--json'], {
    cwd: project.path,
    env: project.env,
    extendEnv: false,
    reject: false,
    buffer: { stdout: false },
    stdin: 'ignore',
  });
  let reached = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Event;
    if (reached || said.type !== event || said.step !== step) continue;
    reached = true;
    if (typeof later === 'function') await later();
    else if (later > 0) await sleep(later);
    child.kill('SIGKILL');
  }
  const { signal, exitCode, stderr } = await child;
  if (!reached) throw new Error(`devenv ${args.join(' ')} never came to ${event} ${step}, code ${exitCode}\n${stderr}`);
  return signal === 'SIGKILL';
}

/** Kills devenv with SIGKILL as soon as something holds that can be seen from outside. */
export async function killedWhen(
  what: string,
  holds: () => Promise<boolean>,
  project: Project,
  args: readonly string[],
): Promise<void> {
  const child = execa(process.execPath, [BIN, ...args], {
    cwd: project.path,
    env: project.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  try {
    await until(what, async () => child.exitCode !== null || (await holds()));
  } finally {
    child.kill('SIGKILL');
  }
  const { signal, stderr } = await child;
  if (signal !== 'SIGKILL') throw new Error(`devenv ${args.join(' ')} ended before ${what}\n${stderr}`);
}
