import type { StepKind } from '../../../core/plan.ts';
import { seconds } from '../../../display/words.ts';
import type { TimedStep } from '../../model/model.ts';
import { timesOf } from '../../model/start.ts';
import { cell, type Row, row } from '../../row.ts';

interface Around {
  readonly width: number;
  /** Null where nothing goes on any more: what has no end was given up. */
  readonly now: number | null;
}

/** A line for each step: what, when, how long, and why not earlier. */
export function waterfall(steps: readonly TimedStep[], around: Around): readonly Row[] {
  const scale = scaleOf(steps, around);
  return steps.map((step) => stepRow(step, steps, scale, around));
}

interface Scale {
  readonly labelWidth: number;
  readonly barWidth: number;
  readonly from: number;
  readonly to: number;
  readonly perColumn: number;
}

const LONGEST_LABEL = 26;
const SHORTEST_BAR = 6;
/** ` 123.4 s` */
const TIME_WIDTH = 8;

function scaleOf(steps: readonly TimedStep[], { width, now }: Around): Scale {
  const began = timesOf(steps, 'began');
  const ends = [...timesOf(steps, 'ended'), ...(now === null ? [] : [now])];
  const from = Math.min(...began, ...ends);
  const to = Math.max(...began, ...ends, from + 1);
  const labelWidth = Math.min(LONGEST_LABEL, Math.max(0, ...steps.map((step) => nameOf(step).length)) + 1);
  const room = width - labelWidth - TIME_WIDTH;
  const notes = Math.max(0, ...steps.map((step) => noteOf(step, steps, now).length)) + 1;
  const barWidth = Math.max(SHORTEST_BAR, Math.min(Math.floor(room / 2), room - notes));
  return { labelWidth, barWidth, from, to, perColumn: (to - from) / barWidth };
}

function stepRow(step: TimedStep, all: readonly TimedStep[], scale: Scale, { now }: Around): Row {
  const label = cell(nameOf(step), scale.labelWidth);
  const note = { text: ` ${noteOf(step, all, now)}`, dim: true };
  if (step.began === null) return row({ text: label, dim: true }, ' '.repeat(scale.barWidth + TIME_WIDTH), note);
  const ended = step.ended ?? scale.to;
  const start = Math.min(scale.barWidth - 1, Math.floor((step.began - scale.from) / scale.perColumn));
  const length = Math.max(1, Math.min(scale.barWidth - start, Math.round((ended - step.began) / scale.perColumn)));
  const color = step.failed !== null ? 'red' : step.ended === null ? 'yellow' : 'green';
  return row(
    label,
    ' '.repeat(start),
    { text: '█'.repeat(length).padEnd(scale.barWidth - start), color },
    seconds(ended - step.began).padStart(TIME_WIDTH),
    note,
  );
}

/** What a step does, as short as its line needs it. */
const DEEDS: Readonly<Record<StepKind, string>> = {
  fetch: 'fetch',
  'create-template': 'initialise',
  'create-network': 'create',
  'create-data': 'data',
  'create-service': 'create',
  'fill-service': 'fill',
  'start-service': 'start',
  'ready-service': 'ready',
  'load-data': 'load',
  'mend-data': 'mend',
  'share-data': 'keep',
  'stop-service': 'stop',
  'remove-service': 'remove',
  'remove-data': 'delete data',
  'discard-data': 'discard data',
  'remove-network': 'remove',
  'start-supervisor': 'start',
  'start-process': 'start',
  'ready-process': 'ready',
  'stop-process': 'stop',
  'stop-supervisor': 'stop',
  'run-hook': 'run',
};

function nameOf({ kind, target }: TimedStep): string {
  return `${target}: ${DEEDS[kind]}`;
}

function noteOf(step: TimedStep, all: readonly TimedStep[], now: number | null): string {
  if (step.failed !== null) return 'failed';
  if (step.began === null) return now === null ? 'not begun' : waiting(step, all);
  if (step.ended === null) return now === null ? 'given up' : (step.progress ?? afterOrCause(step, all));
  return afterOrCause(step, all);
}

function waiting({ after }: TimedStep, all: readonly TimedStep[]): string {
  const open = all.filter(({ id, ended }) => after.includes(id) && ended === null).map(nameOf);
  return open.length === 0 ? '' : `waits for ${open.join(', ')}`;
}

/** The one that ended last of those that a step needs: without it, it would have begun earlier. */
function afterOrCause({ after, cause, target }: TimedStep, all: readonly TimedStep[]): string {
  const needed = all.filter(({ id, ended }) => after.includes(id) && ended !== null);
  const [last] = needed.sort((a, b) => (b.ended ?? 0) - (a.ended ?? 0));
  if (!last) return cause;
  return `after ${last.target === target ? DEEDS[last.kind] : nameOf(last)}`;
}
