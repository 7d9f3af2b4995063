import { seconds } from '../../../display/words.ts';
import type { UiContext } from '../../context.ts';
import type { TimedStep } from '../../model/model.ts';
import { type Row, row } from '../../row.ts';
import { listPane } from '../pane.ts';

/** The last start as a waterfall: what waited for what, and for how long. */
export const startup = listPane('startup', 'Start-up', (context): readonly Row[] => {
  const { steps, readyMs } = context.model;
  if (steps.length === 0) return [row({ text: 'Nothing was started: everything ran already.', dim: true })];
  const scale = scaleOf(steps, context);
  const rows = steps.map((step) => stepRow(step, steps, scale, context));
  const title = readyMs === null ? 'Starting…' : `Ready in ${seconds(readyMs)}.`;
  return [row({ text: title, bold: true }), row(''), ...rows, row(''), ...failures(steps)];
});

interface Scale {
  readonly labelWidth: number;
  readonly barWidth: number;
  readonly from: number;
  readonly perColumn: number;
}

function scaleOf(steps: readonly TimedStep[], { logs, now }: UiContext): Scale {
  const began = steps.flatMap((step) => (step.began === null ? [] : [step.began]));
  const from = Math.min(...began, now);
  const to = Math.max(...steps.map((step) => step.ended ?? (step.began === null ? from : now)), from + 1);
  const labelWidth = Math.min(26, Math.max(...steps.map(({ id }) => id.length)) + 1);
  const barWidth = Math.max(8, Math.floor((logs.area.width - labelWidth) * 0.4));
  return { labelWidth, barWidth, from, perColumn: (to - from) / barWidth };
}

function stepRow(step: TimedStep, all: readonly TimedStep[], scale: Scale, { now }: UiContext): Row {
  const label = step.id.padEnd(scale.labelWidth).slice(0, scale.labelWidth);
  if (step.began === null)
    return row({ text: `${label}${''.padEnd(scale.barWidth)} ${waiting(step, all)}`, dim: true });
  const ended = step.ended ?? now;
  const start = Math.min(scale.barWidth - 1, Math.floor((step.began - scale.from) / scale.perColumn));
  const length = Math.max(1, Math.min(scale.barWidth - start, Math.round((ended - step.began) / scale.perColumn)));
  const bar = '█'.repeat(length);
  const color = step.failed !== null ? 'red' : step.ended === null ? 'yellow' : 'green';
  return row(
    label,
    ' '.repeat(start),
    { text: bar.padEnd(scale.barWidth - start), color },
    ` ${seconds(ended - step.began)}`,
    { text: ` ${note(step, all)}`, dim: true },
  );
}

function note(step: TimedStep, all: readonly TimedStep[]): string {
  if (step.failed !== null) return 'failed';
  if (step.ended === null && step.progress) return step.progress;
  const last = waitedFor(step, all);
  return last ? `after ${last}` : step.cause;
}

function waiting({ after }: TimedStep, all: readonly TimedStep[]): string {
  const open = all.filter(({ id, ended }) => after.includes(id) && ended === null).map(({ id }) => id);
  return open.length === 0 ? '' : `waits for ${open.join(', ')}`;
}

/** The one that ended last of those that a step needs: without it, it would have begun earlier. */
function waitedFor({ after }: TimedStep, all: readonly TimedStep[]): string | null {
  const needed = all.filter(({ id, ended }) => after.includes(id) && ended !== null);
  return needed.sort((a, b) => (b.ended ?? 0) - (a.ended ?? 0))[0]?.id ?? null;
}

function failures(steps: readonly TimedStep[]): readonly Row[] {
  return steps.flatMap(({ id, failed }) => (failed === null ? [] : [row({ text: `${id}: ${failed}`, color: 'red' })]));
}
