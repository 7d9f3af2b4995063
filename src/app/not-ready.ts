import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/errors.ts';
import type { Event } from '../core/events.ts';
import type { ObservedProcess } from '../core/observed.ts';
import type { Plan, Step } from '../core/plan.ts';
import { findService, type Process, type Stack } from '../core/stack.ts';
import { httpProbe, httpUrl, tcpAddress, tcpProbe } from '../lib/probe.ts';
import { observeProcesses } from '../supervisor/observe.ts';
import { probe } from './probe.ts';

/** The steps that were begun and not ended. */
export function openSteps(plan: Plan, events: readonly Event[]): readonly Step[] {
  const ids = (type: Event['type']) =>
    new Set(events.flatMap((event) => (event.type === type && 'step' in event ? [event.step] : [])));
  const [started, finished] = [ids('step-started'), ids('step-finished')];
  return plan.steps.filter(({ id }) => started.has(id) && !finished.has(id));
}

/** What each of them waits for, one line each, from one more look. */
export async function whatIsOpen(stack: Stack, steps: readonly Step[]): Promise<readonly string[]> {
  return Promise.all(steps.map((step) => lineOf(stack, step)));
}

/** There is no time left: who answers at all does so within this. */
const LAST_LOOK_MS = 300;

async function lineOf(stack: Stack, { kind, target }: Step): Promise<string> {
  const service = findService(stack, target);
  const process = stack.processes.find(({ name }) => name === target);
  if (kind === 'ready-process' && process) return `${target} is not ready: ${await whyNot(process)}`;
  if (kind === 'ready-service' && service) {
    const check = await probe(service, new AbortController().signal, LAST_LOOK_MS);
    return `${target} is not ready${'why' in check ? `: ${check.why}` : ''}`;
  }
  return kind === 'run-hook' ? 'the ready hook has not ended' : `${kind} ${target} has not ended`;
}

async function whyNot({ port, ready, once }: Process): Promise<string> {
  if (once || port === null) return once ? 'it has not ended' : 'it does not stay up';
  const url = ready.http === undefined ? null : httpUrl(port, ready.http);
  const found = await (url ? httpProbe(url) : tcpProbe(port))(AbortSignal.timeout(LAST_LOOK_MS));
  return `${url ? `GET ${url}` : tcpAddress(port)}: ${found ?? 'it answers just now'}`;
}

/** One failure ends the rest; of processes that failed beside it the supervisor tells. */
export async function withOtherFailures(
  error: unknown,
  { stack, plan }: { stack: Stack; plan: Plan },
): Promise<unknown> {
  if (!(error instanceof UserError)) return error;
  const processes = await settled(stack.environment.id);
  const awaited = new Set(plan.steps.filter(({ kind }) => kind === 'ready-process').map(({ target }) => target));
  const others = processes
    .filter(({ name, state }) => awaited.has(name) && (state === 'failed' || state === 'backoff'))
    .filter(({ name }) => !error.message.startsWith(`${name} `));
  if (others.length === 0) return error;
  const lines = others.map(({ name, why, state }) => `${name} is not ready: ${why ?? `it is ${state}`}`);
  const hints = others.map(({ name }) => `devenv logs ${name} shows what it printed.`);
  const options = { code: error.code, hints: [...error.hints, ...hints], cause: error };
  return new UserError([error.message, ...lines].join('\n'), options);
}

/** Those that begin together end together, nearly. */
const SETTLE_MS = 300;

async function settled(id: string): Promise<readonly ObservedProcess[]> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const { processes } = await observeProcesses(id).catch(() => ({ processes: [] }));
    const moving = processes.some(({ state }) => state === 'starting');
    if (!moving || performance.now() > deadline) return processes;
    await sleep(50);
  }
}
