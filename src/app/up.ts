import { isBaseline } from '../core/data/baseline.ts';
import { UserError } from '../core/errors.ts';
import type { Event } from '../core/events.ts';
import { execute, type Perform } from '../core/execute.ts';
import type { ObservedProcess } from '../core/observed.ts';
import { onlyFor, type Plan, type Step } from '../core/plan.ts';
import { reconcile } from '../core/reconcile/index.ts';
import { maskedUrl } from '../core/secret.ts';
import type { Stack } from '../core/stack.ts';
import { userId } from '../lib/paths.ts';
import { type TimeLimit, timeLimit } from '../lib/time-limit.ts';
import { isUpEvent, type UpEvent, writeLastUp } from '../state/last-up.ts';
import { readRecord, setHookPending, writeRecord } from '../state/records.ts';
import { observeProcesses } from '../supervisor/observe.ts';
import { tellChanged } from './data/tell-changed.ts';
import { tidyLater } from './data/tidy-later.ts';
import { environmentLock } from './environment-lock.ts';
import { missingOffline } from './fetch.ts';
import { explainKeptPorts } from './kept-ports.ts';
import { guardStack, liveKeyNotices } from './live-keys.ts';
import { warnByName } from './mocks/by-name.ts';
import { refusePassingOn } from './mocks/refuse-passing-on.ts';
import { tellPassedOn } from './mocks/tell-passed-on.ts';
import { releaseOldPorts, tellOldPorts } from './new-ports.ts';
import { openSteps, whatIsOpen, withOtherFailures } from './not-ready.ts';
import { observe } from './observe.ts';
import { enterEnvironment, type OpenEnvironment, openCheckout, whereabouts } from './open.ts';
import type { CommonOptions } from './options.ts';
import { refuseOtherRuntime } from './other-runtime.ts';
import { performUp } from './perform.ts';
import { refuse } from './refuse.ts';
import { refuseTakenPorts } from './taken-ports.ts';
import { refuseUnknownMembers } from './unknown-name.ts';
import { warnLocal } from './warn-local.ts';
import { warnShadowed } from './warn-shadowed.ts';

export interface UpOptions extends CommonOptions {
  /** Only these services and processes, and what they need; all of them when it is empty. */
  readonly names: readonly string[];
  readonly dryRun: boolean;
  /** Take others where the ones this checkout had are taken or no longer asked for. */
  readonly newPorts: boolean;
  /** Milliseconds for all of it, from the first look to the last answer; null waits. */
  readonly timeoutMs: number | null;
  /** Told as soon as it is known what there is to start. */
  readonly entered?: (opened: OpenEnvironment) => void;
}

export interface UpResult {
  readonly opened: OpenEnvironment;
  readonly plan: Plan;
}

/** Brings the checkout's environment to what its configuration says. Run again after anything went wrong, it converges. */
export async function up(options: UpOptions): Promise<UpResult> {
  const { timeoutMs } = options;
  if (timeoutMs === null) return bringUp(options, null);
  using limit = timeLimit(timeoutMs, options.signal);
  try {
    return await bringUp({ ...options, signal: limit.signal }, limit);
  } catch (error) {
    // One for a person has better words, also when the time was up just then.
    if (!limit.isUp || error instanceof UserError) throw error;
    throw timedOut(options, []);
  }
}

async function bringUp(options: UpOptions, limit: TimeLimit | null): Promise<UpResult> {
  const began = Date.now();
  const checkout = await openCheckout(options);
  const { id } = checkout.environment;
  if (options.dryRun) {
    const opened = await enterEnvironment(checkout, options);
    const { plan, observed } = await decide(opened, options);
    if (options.newPorts) await tellOldPorts(checkout, options);
    else await refuseTakenPorts(opened.stack, plan, observed);
    return { opened, plan };
  }
  await using _lock = await environmentLock(id, options);
  if (options.newPorts) await releaseOldPorts(checkout, options);
  const opened = await enterEnvironment(checkout, options);
  options.entered?.(opened);
  await warnLocal(opened.loaded, options.emit);
  warnShadowed(opened.stack, options.emit);
  tellPassedOn(opened.stack, options.emit);
  warnByName(opened, options.emit);
  const { stack } = opened;
  const { plan, observed } = await decide(opened, options);
  await refuseTakenPorts(stack, plan, observed);
  await carryOut(opened, plan, options, limit);
  // Where nothing was done, what was seen before it is true still.
  const { processes } = plan.steps.length === 0 ? observed : await observeProcesses(id);
  announce(stack, processes, options);
  tellChanged(stack, observed, options.emit);
  if (plan.steps.some(isOfBaseline)) tidyLater(options);
  options.emit({ type: 'ready', at: Date.now(), ms: Date.now() - began });
  return { opened, plan };
}

/** It was kept just now, or a checkout has begun with it: a copy is made for the next one. */
function isOfBaseline({ kind, template }: Step): boolean {
  return kind === 'share-data' || (kind === 'create-data' && template !== undefined && isBaseline(template));
}

async function decide(opened: OpenEnvironment, options: UpOptions) {
  const { stack, runtime } = opened;
  await guardStack(stack, options.dryRun ? null : 'up', options.emit);
  await refuseOtherRuntime(opened);
  const observed = await observe(stack, runtime, options.signal);
  refuseUnknownMembers(options.names, stack);
  refusePassingOn(stack);
  const plan = onlyFor(reconcile(stack, observed), options.names);
  refuse(plan.refusals, opened.loaded);
  if (options.offline) refuse(await missingOffline(opened, plan, options.signal), opened.loaded);
  await explainKeptPorts(opened, options.emit);
  options.emit({ type: 'plan', steps: plan.steps, kept: plan.kept });
  return { plan, observed };
}

async function carryOut(
  opened: OpenEnvironment,
  plan: Plan,
  options: UpOptions,
  limit: TimeLimit | null,
): Promise<void> {
  const steps: UpEvent[] = [...liveKeyNotices(opened.stack), { type: 'plan', steps: plan.steps, kept: plan.kept }];
  const emit = (event: Event): void => {
    if (isUpEvent(event)) steps.push(event);
    options.emit(event);
  };
  const { signal } = options;
  const say = (message: string): void => emit({ type: 'notice', level: 'info', message });
  const each = performUp(opened.stack, opened.runtime, new Date().toISOString(), say);
  const perform = remembering(opened, plan, each);
  try {
    await execute(plan, perform, { emit, signal, now: Date.now });
  } catch (error) {
    const { stack } = opened;
    if (limit?.isUp) throw timedOut(options, await whatIsOpen(stack, openSteps(plan, steps)));
    if (signal.aborted) throw error;
    throw await withOtherFailures(error, { stack, plan });
  } finally {
    // For a later look only: a full disk must not hide why it failed.
    if (plan.steps.length > 0) await writeLastUp(opened.environment.id, steps).catch(() => {});
  }
}

function timedOut({ timeoutMs }: UpOptions, open: readonly string[]): UserError {
  return new UserError([`not everything was ready within ${(timeoutMs ?? 0) / 1000} s`, ...open].join('\n'), {
    code: 'timeout',
    hints: ['devenv status shows what is, devenv logs NAME why. Another devenv up goes on from here.'],
  });
}

/** Notes which runtime holds the environment before anything of it is made, and that a hook has to run after it. */
function remembering(opened: OpenEnvironment, plan: Plan, perform: Perform): Perform {
  const { id } = opened.environment;
  const hook = plan.steps.some((step) => step.kind === 'run-hook');
  let noted: Promise<void> | null = null;
  const note = async (): Promise<void> => {
    await remember(opened);
    if (hook) await setHookPending(id, true);
  };
  return async (step, signal, report) => {
    // Not when nothing could be fetched: then nothing of it exists.
    if (step.kind !== 'fetch') {
      noted ??= note();
      await noted;
    }
    await perform(step, signal, report);
    if (step.kind === 'run-hook') await setHookPending(id, false);
  };
}

async function remember(opened: OpenEnvironment): Promise<void> {
  const { environment, runtime } = opened;
  const known = await readRecord(environment.id);
  const created = known?.created ?? new Date().toISOString();
  const what = { runtime: runtime.name, created, owner: userId(), engine: runtime.address };
  const record = { ...(await whereabouts(opened)), ...what };
  if (JSON.stringify(record) !== JSON.stringify(known)) await writeRecord(record);
}

function announce(stack: Stack, processes: readonly ObservedProcess[], options: UpOptions): void {
  const { names } = options;
  const asked = (name: string) => names.length === 0 || names.includes(name);
  for (const service of stack.services.filter(({ name }) => asked(name))) {
    options.emit({ type: 'service', name: service.name, state: 'ready', url: maskedUrl(service.url) });
  }
  for (const { name, url, once } of stack.processes.filter((process) => asked(process.name))) {
    const pid = processes.find((found) => found.name === name)?.pid ?? null;
    options.emit({ type: 'process', name, state: once ? 'done' : 'ready', pid, url });
  }
}
