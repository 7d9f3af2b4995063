import type { Emit, Event, PlannedStep } from '../core/events.ts';
import type { StepKind } from '../core/plan.ts';
import { maskUrl } from '../core/secret.ts';
import { seconds } from './words.ts';

export interface PlainOptions {
  readonly verbose: boolean;
  /** Only results and what is wrong. */
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Events as lines for a person: what runs where and why, each thing once when it begins and once when it is ready. */
export function plainDisplay(write: (line: string) => void, options: PlainOptions): Emit {
  const state: PlainState = { steps: new Map(), began: new Map(), said: new Map(), width: 8 };
  const paint = painter(options.color);
  return (event) => {
    if (options.quiet && !isResult(event)) return;
    for (const line of linesOf(event, state, options.verbose, paint)) write(line);
  };
}

/** Addresses are the result of `up`, lines that of following the logs. An error is told by whoever ends with it. */
function isResult(event: Event): boolean {
  switch (event.type) {
    case 'service':
    case 'process':
    case 'log':
      return true;
    case 'notice':
      return event.level === 'warning';
    default:
      return false;
  }
}

interface PlainState {
  steps: Map<string, PlannedStep>;
  /** When the first step of a target began. */
  readonly began: Map<string, number>;
  /** The last progress line of a step, and when. */
  readonly said: Map<string, number>;
  width: number;
}

type Paint = (style: 'dim' | 'red' | 'green' | 'yellow' | 'bold', text: string) => string;

function linesOf(event: Event, state: PlainState, verbose: boolean, paint: Paint): readonly string[] {
  switch (event.type) {
    case 'runtime':
      return [`${paint('bold', event.runtime)}  ${event.why}`];
    case 'environment':
      return [
        `${paint('bold', event.project)}${event.branch ? ` (${event.branch})` : ''}  ${event.path}` +
          paint('dim', `  ${event.id}, ${event.basedOn}`),
      ];
    case 'plan':
      return begin(event, state, verbose, paint);
    case 'step-started':
      return started(event.step, event.at, state, verbose, paint);
    case 'step-progress':
      return progress(event, state, paint);
    case 'step-finished':
      return finished(event.step, event.at, event.ms, state, verbose, paint);
    case 'step-failed':
      // Why is said once, with what to do about it, by whoever prints the error that this step ends with.
      return [`${label(event.step, state)}${paint('red', 'failed')}`];
    case 'log':
      return [`${event.source.padEnd(state.width)}${paint('dim', '│')} ${event.line}`];
    case 'decision':
      return verbose ? [`${`${event.about} `.padEnd(state.width)}${paint('dim', event.text)}`] : [];
    case 'notice':
      return [event.level === 'warning' ? `${paint('yellow', 'Warning:')} ${event.message}` : event.message];
    case 'service':
    case 'process':
      return event.url ? [`${event.name.padEnd(state.width)}${maskUrl(event.url)}`] : [];
    case 'stack':
    case 'usage':
    case 'data':
    case 'mocks':
      return [];
    case 'ready':
      return [paint('green', `Ready in ${seconds(event.ms)}.`)];
    default:
      return event satisfies never;
  }
}

function begin(event: Event & { type: 'plan' }, state: PlainState, verbose: boolean, paint: Paint): string[] {
  state.steps = new Map(event.steps.map((step) => [step.id, step]));
  const names = [...event.steps, ...event.kept].map(({ target }) => target.length + 2);
  state.width = Math.max(state.width, ...names.filter((width) => width < 24));
  const kept = verbose
    ? event.kept.map(({ target, why }) => `${target.padEnd(state.width)}${paint('dim', `kept: ${why}`)}`)
    : [];
  return event.steps.length === 0 ? [...kept, 'Nothing to do.'] : kept;
}

/** Beginnings that a person wants to hear of; the rest only with --verbose. */
const SPOKEN: Readonly<Partial<Record<StepKind, string>>> = {
  'create-template': 'initialising; the next one like it is a copy',
  'create-service': 'creating',
  'start-service': 'starting',
  'start-process': 'starting',
  'stop-service': 'stopping',
  'stop-process': 'stopping',
  'stop-supervisor': 'stopping the processes',
  'remove-data': 'deleting data',
  'discard-data': 'removing half-made data',
  'run-hook': 'running the hook',
  fetch: 'fetching',
};

function started(id: string, at: number, state: PlainState, verbose: boolean, paint: Paint): string[] {
  const step = state.steps.get(id);
  if (!step) return [];
  const first = !state.began.has(step.target);
  if (first) state.began.set(step.target, at);
  const words = SPOKEN[step.kind];
  if (verbose) return [`${label(id, state)}${step.kind}  ${paint('dim', step.cause)}`];
  if (!words || (!first && step.kind === 'start-service')) return [];
  return [`${label(id, state)}${words}${paint('dim', `: ${step.cause}`)}`];
}

function finished(id: string, at: number, ms: number, state: PlainState, verbose: boolean, paint: Paint): string[] {
  const step = state.steps.get(id);
  if (!step) return [];
  if (step.kind === 'ready-service' || step.kind === 'ready-process') {
    const since = at - (state.began.get(step.target) ?? at);
    return [`${label(id, state)}${paint('green', 'ready')} ${paint('dim', `after ${seconds(since)}`)}`];
  }
  if (step.kind === 'remove-service') return [`${label(id, state)}gone`];
  return verbose ? [`${label(id, state)}${paint('dim', `${step.kind} took ${seconds(ms)}`)}`] : [];
}

const PROGRESS_EVERY_MS = 1_000;

/** A line a second at most: a terminal that isn't one, such as a CI log, keeps them all. */
function progress(event: Event & { type: 'step-progress' }, state: PlainState, paint: Paint): string[] {
  const { step, message, done, total } = event;
  const hook = state.steps.get(step)?.kind === 'run-hook';
  const now = Date.now();
  if (!hook && now - (state.said.get(step) ?? 0) < PROGRESS_EVERY_MS) return [];
  state.said.set(step, now);
  const share = total ? `  ${Math.floor((100 * (done ?? 0)) / total)} %` : '';
  return [`${label(step, state)}${paint('dim', message)}${share}`];
}

function label(id: string, state: PlainState): string {
  const target = state.steps.get(id)?.target ?? id;
  return target.padEnd(state.width);
}

const CODES = { dim: 2, red: 31, green: 32, yellow: 33, bold: 1 } as const;

function painter(color: boolean): Paint {
  return (style, text) => (color ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}
