import type { Event, PlannedStep } from './events.ts';
import type { Kept } from './plan.ts';

/** What `devenv up --ci` tells programs; part of the interface. Times are milliseconds, moments count from the start. */
export interface Timings {
  readonly ok: boolean;
  readonly exitCode: number;
  readonly project: string | null;
  /** Id of the environment. */
  readonly environment: string | null;
  readonly runtime: string | null;
  readonly ms: number;
  /** Until the first step: configuration, runtime and plan. */
  readonly planMs: number;
  /** What had steps, in the order in which they began. */
  readonly things: readonly Thing[];
  /** The steps that the end waited for, each with the one before it that it waited for the longest. */
  readonly slowestPath: readonly PathStep[];
  /** What was as it should be already. */
  readonly kept: readonly Kept[];
}

export interface PathStep {
  /** `kind target` */
  readonly step: string;
  readonly kind: string;
  readonly target: string;
  /** Where it has not ended, until the run did. */
  readonly ms: number;
  /** False for what was cut off, such as a wait when the time was up. */
  readonly finished: boolean;
}

export interface Thing {
  readonly name: string;
  readonly kind: 'service' | 'process' | 'environment';
  /** `unfinished`: it was cut off, or never began. */
  readonly state: 'done' | 'failed' | 'unfinished';
  readonly why: string | null;
  readonly url: string | null;
  readonly beganMs: number | null;
  /** From its first step to the end of its last; null where that has not come. */
  readonly ms: number | null;
  readonly steps: readonly ThingStep[];
}

export interface ThingStep {
  readonly kind: string;
  readonly cause: string;
  readonly atMs: number | null;
  readonly ms: number | null;
}

interface Ran {
  readonly step: PlannedStep;
  readonly began: number | null;
  readonly ended: number | null;
  readonly failed: string | null;
}

type Found<T extends Event['type']> = Extract<Event, { readonly type: T }>;

/** From the events of one `up`. */
export function timingsOf(
  events: readonly Event[],
  run: { readonly began: number; readonly ended: number; readonly exitCode: number },
): Timings {
  const last = <T extends Event['type']>(type: T) =>
    events.findLast((event): event is Found<T> => event.type === type) ?? null;
  const plan = last('plan');
  const steps = (plan?.steps ?? []).map((step) => ranOf(step, events));
  const first = Math.min(...steps.map(({ began }) => began ?? Number.POSITIVE_INFINITY), run.ended);
  const environment = last('environment');
  return {
    ok: run.exitCode === 0,
    exitCode: run.exitCode,
    project: environment?.project ?? null,
    environment: environment?.id ?? null,
    runtime: last('runtime')?.runtime ?? null,
    ms: run.ended - run.began,
    planMs: first - run.began,
    things: thingsOf(steps, last('stack'), run.began),
    slowestPath: slowestPath(steps, run.ended),
    kept: plan?.kept ?? [],
  };
}

/** Names of those whose logs may tell why: what failed, else what was begun and has not ended. */
export function culprits({ things }: Timings): readonly string[] {
  const failed = things.filter(({ state }) => state === 'failed');
  const open = things.filter(({ state, beganMs }) => state === 'unfinished' && beganMs !== null);
  return (failed.length > 0 ? failed : open).filter(({ kind }) => kind !== 'environment').map(({ name }) => name);
}

function ranOf(step: PlannedStep, events: readonly Event[]): Ran {
  let ran: Ran = { step, began: null, ended: null, failed: null };
  for (const event of events) {
    if (!('step' in event) || event.step !== step.id) continue;
    if (event.type === 'step-started') ran = { ...ran, began: event.at };
    if (event.type === 'step-finished') ran = { ...ran, ended: event.at };
    if (event.type === 'step-failed') ran = { ...ran, ended: event.at, failed: event.message };
  }
  return ran;
}

function thingsOf(steps: readonly Ran[], stack: Found<'stack'> | null, start: number): readonly Thing[] {
  const names = [...new Set(steps.map(({ step }) => step.target))];
  const things = names.map((name): Thing => {
    const own = steps.filter(({ step }) => step.target === name);
    const service = stack?.services.find((one) => one.name === name);
    const process = stack?.processes.find((one) => one.name === name);
    const began = own.flatMap((one) => (one.began === null ? [] : [one.began]));
    const ended = own.flatMap((one) => (one.ended === null ? [] : [one.ended]));
    const whole = ended.length === own.length && own.every(({ failed }) => failed === null);
    const why = own.find(({ failed }) => failed !== null)?.failed ?? null;
    return {
      name,
      kind: service ? 'service' : process ? 'process' : 'environment',
      state: why !== null ? 'failed' : whole ? 'done' : 'unfinished',
      why,
      url: service?.url ?? process?.url ?? null,
      beganMs: began.length === 0 ? null : Math.min(...began) - start,
      ms: whole ? Math.max(...ended) - Math.min(...began) : null,
      steps: own.map((one) => ({
        kind: one.step.kind,
        cause: one.step.cause,
        atMs: one.began === null ? null : one.began - start,
        ms: one.began === null || one.ended === null ? null : one.ended - one.began,
      })),
    };
  });
  return things.sort((a, b) => (a.beganMs ?? Number.MAX_VALUE) - (b.beganMs ?? Number.MAX_VALUE));
}

/** Where something failed, that was the end, and not what went on beside it. */
function slowestPath(all: readonly Ran[], end: number): readonly PathStep[] {
  const steps = all.some(({ failed }) => failed !== null) ? all.filter(({ ended }) => ended !== null) : all;
  const done = steps.flatMap((one) =>
    one.began === null ? [] : [{ ...one, began: one.began, until: one.ended ?? end }],
  );
  const latest = (some: typeof done) => some.reduce<(typeof done)[number] | null>(later, null);
  const path: PathStep[] = [];
  for (let at = latest(done); at !== null; ) {
    const { step, began, ended, until } = at;
    path.unshift({
      step: step.id,
      kind: step.kind,
      target: step.target,
      ms: until - began,
      finished: ended !== null,
    });
    at = latest(done.filter((one) => step.after.includes(one.step.id)));
  }
  return path;
}

/** Of two that were cut off together the one that began first. */
function later<T extends { readonly began: number; readonly until: number }>(a: T | null, b: T): T {
  if (a === null || a.until < b.until) return b;
  return a.until === b.until && b.began < a.began ? b : a;
}
