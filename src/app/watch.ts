import { setTimeout as sleep } from 'node:timers/promises';
import type { Emit, Event } from '../core/events.ts';
import type { Usage } from '../core/runtime.ts';
import { maskedUrl } from '../core/secret.ts';
import type { Stack } from '../core/stack.ts';
import { usageOf } from '../lib/process-usage.ts';
import { connectSupervisor } from '../supervisor/client.ts';
import { observeProcesses } from '../supervisor/observe.ts';
import { type Followed, followLogs } from './follow-logs.ts';
import { history } from './logs.ts';
import { observe } from './observe.ts';

export interface WatchOptions {
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** How many lines of each source come before the new ones. */
  readonly tail: number;
}

/** While a service runs and does not answer yet. */
const PROBE_MS = 250;
const USAGE_MS = 2_000;
/** Until there is a supervisor again. */
const RECONNECT_MS = 1_000;

/** Tells what happens in an environment until the signal is aborted: states, what things take, what they say. */
export async function watch(opened: Followed, options: WatchOptions): Promise<void> {
  const pids = new Map<string, number | null>();
  const said = new Map<string, string>();
  const emit = (event: Event): void => {
    if (event.type === 'process') pids.set(event.name, event.pid);
    if (event.type === 'process' || event.type === 'service') {
      if (said.get(event.name) === JSON.stringify(event)) return;
      said.set(event.name, JSON.stringify(event));
    }
    options.emit(event);
  };
  await Promise.all([
    watchServices(opened, emit, options.signal),
    opened.stack.processes.length > 0 ? watchProcesses(opened, emit, options.signal) : undefined,
    watchUsage(opened, pids, emit, options.signal),
    watchLogs(opened, options),
  ]);
}

/** From before by time, then as it comes. */
async function watchLogs(opened: Followed, { tail, emit, signal }: WatchOptions): Promise<void> {
  const since = new Date().toISOString();
  if (tail > 0) for (const event of await history(opened, { tail, signal })) emit(event);
  await followLogs(opened, { since, emit, signal });
}

async function watchServices(opened: Followed, emit: Emit, signal: AbortSignal): Promise<void> {
  const look = async (): Promise<boolean> => {
    const { services } = await observe(opened.stack, opened.runtime, signal);
    for (const service of opened.stack.services) {
      const found = services.find(({ name }) => name === service.name);
      const { state = 'missing', why } = found ?? {};
      const url = maskedUrl(service.url);
      emit({ type: 'service', name: service.name, state, url, ...(why ? { why } : {}) });
    }
    return services.some(({ state }) => state === 'starting');
  };
  for await (const _change of opened.runtime.changes(opened.stack.environment.id, signal)) {
    // An engine that went away meanwhile says so by its next change.
    while (!signal.aborted && (await look().catch(() => false))) await pause(PROBE_MS, signal);
  }
}

/** From the supervisor; where there is none, what it left. */
async function watchProcesses({ stack }: Followed, emit: Emit, signal: AbortSignal): Promise<void> {
  const { id } = stack.environment;
  let changing = true;
  while (!signal.aborted) {
    const supervisor = await connectSupervisor(id).catch(() => null);
    if (supervisor) {
      for await (const event of supervisor.events(signal)) if (event.type === 'process') emit(event);
      changing = true;
    }
    if (signal.aborted) return;
    if (changing) changing = await tellOfLeft(stack, emit);
    await pause(RECONNECT_MS, signal);
  }
}

/** Whether any of them still runs, so that it may end by itself: to look for them takes reading the whole table. */
async function tellOfLeft(stack: Stack, emit: Emit): Promise<boolean> {
  const { processes, leftovers } = await observeProcesses(stack.environment.id);
  for (const { name, url } of stack.processes) {
    const { state = 'missing', pid = null, why } = processes.find((one) => one.name === name) ?? {};
    emit({ type: 'process', name, state, pid, url, ...(why ? { why } : {}) });
  }
  return leftovers;
}

interface Sample {
  readonly at: number;
  readonly cpuSeconds: number;
}

type Pids = ReadonlyMap<string, number | null>;

async function watchUsage(opened: Followed, pids: Pids, emit: Emit, signal: AbortSignal): Promise<void> {
  const before = new Map<string, Sample>();
  while (!signal.aborted) {
    const at = performance.now();
    for (const [name, { cpuSeconds, memoryBytes }] of await usageOfAll(opened, pids).catch(() => [])) {
      const last = before.get(name);
      before.set(name, { at, cpuSeconds });
      // A restarted one begins at zero again.
      const spent = last ? Math.max(0, cpuSeconds - last.cpuSeconds) : 0;
      emit({ type: 'usage', name, cpu: last ? spent / ((at - last.at) / 1_000) : 0, memoryBytes });
    }
    await pause(USAGE_MS, signal);
  }
}

async function usageOfAll({ stack, runtime }: Followed, pids: Pids): Promise<readonly (readonly [string, Usage])[]> {
  const processes = [...pids].flatMap(([name, pid]) => (pid === null ? [] : [{ name, pid }]));
  return Promise.all([
    ...(await runtime.usage(stack.environment.id)),
    ...processes.map(async ({ name, pid }) => [name, await usageOf(pid)] as const),
  ]);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
