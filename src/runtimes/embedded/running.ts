import { setTimeout as sleep } from 'node:timers/promises';
import type { Usage } from '../../core/runtime.ts';
import { usageOf } from '../../lib/process-usage.ts';
import type { Context } from './context.ts';
import { serviceFolder } from './folders.ts';
import { serviceNames } from './marks.ts';
import { type ProcessRecord, runningServer } from './server/record.ts';

const POLL_MS = 2_000;

/** Servers that run now, by the name of their service. */
export async function runningServers(
  context: Context,
  environment: string,
): Promise<ReadonlyMap<string, ProcessRecord>> {
  const servers = new Map<string, ProcessRecord>();
  for (const name of await serviceNames(context, environment)) {
    const folder = serviceFolder(context, environment, name);
    const server = await runningServer(folder.process, folder.data);
    if (server) servers.set(name, server);
  }
  return servers;
}

/** Nothing tells when a process that is not one's child ends, so they are looked at. */
export async function* changes(context: Context, environment: string, signal: AbortSignal): AsyncGenerator<void> {
  let before: string | null = null;
  while (!signal.aborted) {
    const servers = await runningServers(context, environment);
    const now = [...servers].map(([name, { pid }]) => `${name} ${pid}`).join('\n');
    if (now !== before) yield;
    before = now;
    await sleep(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

export async function usage(context: Context, environment: string): Promise<ReadonlyMap<string, Usage>> {
  const servers = await runningServers(context, environment);
  return new Map(await Promise.all([...servers].map(async ([name, { pid }]) => [name, await usageOf(pid)] as const)));
}
