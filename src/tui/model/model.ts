import { isDeepStrictEqual } from 'node:util';
import type { DatabaseState } from '../../core/data/state.ts';
import type { ErrorEvent, Event, PlannedStep } from '../../core/events.ts';
import type { MocksSeen } from '../../core/mocks.ts';
import type { ProcessState, ServiceState } from '../../core/observed.ts';
import { stateWord } from '../symbols.ts';
import { endedWell, startMs } from './start.ts';

/** A service or a process, as the screen knows it. */
export interface Member {
  readonly name: string;
  readonly kind: 'service' | 'process';
  /** `postgres 17`; empty for a process. */
  readonly about: string;
  readonly needs: readonly string[];
  /** As the configuration has it; null for a service. */
  readonly command: string | null;
  /** The folder that it runs in; null for a service. */
  readonly cwd: string | null;
  readonly image: string | null;
  readonly port: number | null;
  /** What the configuration asks for. */
  readonly askedPort: number | null;
  readonly state: ServiceState | ProcessState;
  readonly why: string | null;
  /** With its password masked. */
  readonly url: string | null;
  readonly pid: number | null;
  /** Share of one core; null while it isn't known. */
  readonly cpu: number | null;
  readonly memoryBytes: number | null;
  readonly restarts: number;
  /** When its state became this one; null where nobody saw that. */
  readonly since: number | null;
}

/** A step of the last plan. Times are milliseconds since the epoch. */
export interface TimedStep extends PlannedStep {
  readonly began: number | null;
  readonly ended: number | null;
  readonly failed: string | null;
  readonly progress: string | null;
  /** What of it is counted, where something is; `since` when that began. */
  readonly counted: { readonly done: number; readonly total: number; readonly since: number } | null;
}

export interface Happening {
  readonly at: number;
  readonly name: string;
  readonly text: string;
}

/** All that the screen knows of its environment, except for the logs. */
export interface Model {
  readonly environment: {
    readonly id: string;
    readonly project: string;
    readonly branch: string | null;
    readonly path: string;
  } | null;
  readonly runtime: string | null;
  readonly members: readonly Member[];
  readonly steps: readonly TimedStep[];
  /** The newest last. */
  readonly happenings: readonly Happening[];
  /** How long the last start took until everything was ready, in milliseconds. */
  readonly readyMs: number | null;
  /** Why the last start failed; until the next one begins. */
  readonly failure: Pick<ErrorEvent, 'message' | 'hints'> | null;
  /** Null while nobody has looked. */
  readonly databases: readonly DatabaseState[] | null;
  /** Null while nobody has looked. */
  readonly mocks: MocksSeen | null;
}

export const EMPTY: Model = {
  environment: null,
  runtime: null,
  members: [],
  steps: [],
  happenings: [],
  readyMs: null,
  failure: null,
  databases: null,
  mocks: null,
};

const KEPT_HAPPENINGS = 500;

/** The model after an event; the same object where the event changes nothing. */
export function reduce(model: Model, event: Event | ErrorEvent, now: number): Model {
  switch (event.type) {
    case 'runtime':
      return { ...model, runtime: event.runtime };
    case 'environment': {
      const { id, project, branch, path } = event;
      return { ...model, environment: { id, project, branch, path } };
    }
    case 'stack':
      return { ...model, members: withMembers(model.members, event) };
    case 'plan':
      return { ...model, failure: null, ...planned(model, event.steps) };
    case 'step-started':
      return changeStep(model, event.step, { began: event.at });
    case 'step-progress':
      return progressed(model, event, now);
    case 'step-finished':
      return changeStep(model, event.step, { ended: event.at, progress: null, counted: null });
    case 'step-failed':
      return happened(changeStep(model, event.step, { ended: event.at, failed: event.message }), {
        at: event.at,
        name: event.step.split(' ')[1] ?? '',
        text: event.message,
      });
    case 'service':
    case 'process':
      return changeState(model, event, now);
    case 'usage':
      return changeUsage(model, event);
    case 'data':
      return isDeepStrictEqual(model.databases, event.databases) ? model : { ...model, databases: event.databases };
    case 'mocks':
      return { ...model, mocks: event.seen };
    case 'notice':
      return happened(model, { at: now, name: '', text: event.message });
    case 'ready':
      return { ...model, readyMs: model.readyMs ?? event.ms };
    case 'error':
      // One that ends before there is a plan has nothing to do with the steps of the start before.
      return { ...model, failure: event, steps: endedWell(model) ? [] : model.steps };
    case 'log':
    case 'decision':
      return model;
    default:
      return event satisfies never;
  }
}

/** One with nothing to do leaves the start that was the last to do something, where that went well. */
function planned(model: Model, steps: readonly PlannedStep[]): Pick<Model, 'steps' | 'readyMs'> {
  if (steps.length > 0) return { steps: steps.map((step) => ({ ...step, ...UNTOUCHED })), readyMs: null };
  return endedWell(model) ? { steps: model.steps, readyMs: startMs(model) } : { steps: [], readyMs: null };
}

const UNTOUCHED = { began: null, ended: null, failed: null, progress: null, counted: null };
const UNKNOWN = {
  ...{ state: 'missing' as const, why: null, pid: null, cpu: null, memoryBytes: null, restarts: 0, since: null },
  ...{ command: null, cwd: null, image: null },
};

type Stated = Omit<Member, keyof typeof UNKNOWN> & Partial<Pick<Member, 'command' | 'cwd' | 'image'>>;

function withMembers(before: readonly Member[], stack: Event & { readonly type: 'stack' }): readonly Member[] {
  const member = (stated: Stated): Member => {
    const known = before.find(({ name, kind }) => name === stated.name && kind === stated.kind);
    return { ...UNKNOWN, ...known, ...stated };
  };
  return [
    ...stack.services.map(({ engine, version, ...stated }) =>
      member({ ...stated, kind: 'service', about: `${engine} ${version}`.trim() }),
    ),
    ...stack.processes.map((stated) => member({ ...stated, kind: 'process', about: '' })),
  ];
}

function changeState(model: Model, event: Event & { readonly type: 'service' | 'process' }, now: number): Model {
  const before = model.members.find(({ name }) => name === event.name);
  if (!before) return model;
  const { name, state, url } = event;
  const why = event.why ?? null;
  const runs = state === 'ready' || state === 'starting';
  const usage = runs ? {} : { cpu: null, memoryBytes: null };
  const same = before.state === state;
  const changed = changeMember(model, name, {
    ...{ state, url: url ?? before.url, why, ...usage },
    ...(event.type === 'process' ? toldOfProcess(event, before) : { since: same ? before.since : seenAt(before, now) }),
  });
  // What a service answers until it is ready says little, and another thing each time.
  if (same && (before.why === why || (event.type === 'service' && state === 'starting'))) return changed;
  const told = event.type === 'service' && state === 'starting' ? null : why;
  return happened(changed, { at: now, name, text: told ? `${stateWord(state)}: ${told}` : stateWord(state) });
}

/** What `up` announces at its end has no pid and the like; the supervisor tells it. */
function toldOfProcess(event: Event & { readonly type: 'process' }, before: Member): Partial<Member> {
  const { state, pid, restarts, since } = event;
  const same = state === before.state;
  return {
    pid: pid ?? (state === 'ready' ? before.pid : null),
    restarts: restarts ?? before.restarts,
    since: since ?? (same ? before.since : null),
  };
}

/** One whose state wasn't known before may have been in it for long. */
function seenAt({ state }: Member, now: number): number | null {
  return state === 'missing' ? null : now;
}

/** As precise as it is shown: what nobody sees is no reason for another frame. */
function changeUsage(model: Model, { name, cpu, memoryBytes }: Event & { readonly type: 'usage' }): Model {
  const rounded = { cpu: Math.round(cpu * 100) / 100, memoryBytes: Math.round(memoryBytes / 1e6) * 1e6 };
  const before = model.members.find((member) => member.name === name);
  if (!before || (before.cpu === rounded.cpu && before.memoryBytes === rounded.memoryBytes)) return model;
  return changeMember(model, name, rounded);
}

function changeMember(model: Model, name: string, change: Partial<Member>): Model {
  return { ...model, members: model.members.map((one) => (one.name === name ? { ...one, ...change } : one)) };
}

/** One file after the other is counted: each begins at nothing. */
function progressed(model: Model, event: Event & { readonly type: 'step-progress' }, now: number): Model {
  const { step, message: progress, done, total } = event;
  if (total === undefined) return changeStep(model, step, { progress, counted: null });
  const before = model.steps.find(({ id }) => id === step)?.counted;
  const goesOn = before && before.total === total && before.done <= (done ?? 0);
  return changeStep(model, step, { progress, counted: { done: done ?? 0, total, since: goesOn ? before.since : now } });
}

function changeStep(model: Model, id: string, change: Partial<TimedStep>): Model {
  return { ...model, steps: model.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) };
}

function happened(model: Model, happening: Happening): Model {
  return { ...model, happenings: [...model.happenings, happening].slice(-KEPT_HAPPENINGS) };
}
