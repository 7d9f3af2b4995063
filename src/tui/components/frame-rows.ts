import type { Counted } from '../../core/data/progress.ts';
import { ExitCode } from '../../core/errors.ts';
import { seconds } from '../../display/words.ts';
import type { UiContext } from '../context.ts';
import type { Binding } from '../keys/binding.ts';
import { globalBindings } from '../keys/global.ts';
import { shownKey } from '../keys/shown-key.ts';
import { countingOf } from '../model/counting.ts';
import { startMs } from '../model/start.ts';
import { ownBindings, paneOf } from '../panes/index.ts';
import { progressSpans } from '../progress.ts';
import { type Color, cell, type Row, row } from '../row.ts';
import { dataVerbRuns, type Running } from '../state.ts';
import { promptRow } from './prompt-row.ts';

/** The lines around a pane, as data. */

export function headerRow({ model, state }: UiContext): Row {
  const { environment, members, runtime } = model;
  if (!environment) return row({ text: 'devenv', bold: true }, { text: '  reading the configuration...', dim: true });
  const ready = members.filter((member) => member.state === 'ready' || member.state === 'done').length;
  const all = ready === members.length && members.length > 0;
  const ms = startMs(model);
  const took = ms === null ? '' : ` in ${seconds(ms)}`;
  return row(
    { text: environment.project, bold: true },
    environment.branch ? ` (${environment.branch})` : '',
    { text: `  ${runtime ?? ''}  `, dim: true },
    { text: `${ready}/${members.length} ready${all ? took : ''}`, color: all ? 'green' : 'yellow' },
    state.starting ? '  starting...' : '',
    { text: `  ${environment.path}`, dim: true },
  );
}

/** What was done last, as a command that does the same. */
export function statusRow(context: UiContext): Row {
  const { state, model } = context;
  const { status, running } = state;
  if (status) return row({ text: oneLine(status.text), ...(status.bad ? { color: 'red' } : { dim: true }) });
  const counting = countingOf(context);
  // The pane of the data shows it larger.
  if (counting && state.pane !== 'data') return countingRow(counting, context);
  if (dataVerbRuns(state)) return runningRow(context);
  if (!running) return model.failure ? row({ text: oneLine(model.failure.message), color: 'red' }) : [];
  const { command, code, lines } = running;
  const { text, color } = ending(running);
  const error = lines.find((line) => line.startsWith('Error: '));
  const said = code === 0 ? resultOf(running) : (error ?? (byEsc(running) ? '' : lines.at(-1)) ?? '');
  return row(
    { text: `$ devenv ${command}`, bold: true },
    { text: `  ${text}`, color },
    { text: code === null || code === 0 || lines.length === 0 ? '' : '  x: all of it', color: 'cyan' },
    { text: said === '' ? '' : `  ${said}`, dim: true },
  );
}

/** What changes the data, for how long already, and what it said last. */
function runningRow({ state: { running }, now }: UiContext): Row {
  const { command = '', began = now, lines = [] } = running ?? {};
  return row(
    { text: `$ devenv ${command}`, bold: true },
    { text: `  runs ${seconds(Math.max(0, now - began))}`, color: 'yellow' },
    { text: '  esc: end it', color: 'cyan' },
    { text: lines.length === 0 ? '' : `  ${lines.at(-1)}`, dim: true },
  );
}

/** What goes on, and how far it is. */
function countingRow(counting: Counted, { state }: UiContext): Row {
  const runs = state.running?.code === null && state.running.counted != null;
  const name = runs ? `$ devenv ${state.running?.command}` : counting.what;
  const end = runs ? '  esc: end it' : '';
  const label = cell(name, Math.min(name.length, Math.floor(state.size.columns / 3)) + 2);
  const spans = progressSpans(counting, state.size.columns - label.length - end.length);
  return [{ text: label, bold: true }, ...spans, { text: end, color: 'cyan' }];
}

/** What a change of the data came to, with the key that takes it back. */
function resultOf(running: Running): string {
  if (!running.changesData) return '';
  return (running.lines.at(-1) ?? '').replace('devenv undo', 'U');
}

/** A refusal is what was asked for, such as keeping data, or what keeps it: nothing is broken. */
function ending(running: Running): { readonly text: string; readonly color: Color } {
  const { code } = running;
  if (byEsc(running)) return { text: 'ended by esc', color: 'yellow' };
  if (code === null) return { text: 'runs', color: 'yellow' };
  if (code === ExitCode.ok) return { text: 'done', color: 'green' };
  return code === ExitCode.refused
    ? { text: 'not done', color: 'yellow' }
    : { text: `exit code ${code}`, color: 'red' };
}

function byEsc(running: Running): boolean {
  return running.code === ExitCode.interrupted && running.changesData;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '; ');
}

/** These come first, in this order; then the others of the pane, as they stand in the tables. */
const FIRST = ['?', 'q', '/', ':', 'r', 's', 'n', 'c'];

/** The keys that have room, each one whole. */
export function keysRow({ state, unicode }: UiContext): Row {
  const { overlay, size } = state;
  if (overlay?.kind === 'prompt') return promptRow(overlay, size.columns);
  if (overlay?.kind === 'help') return row({ text: 'esc: back', dim: true });
  if (overlay?.kind === 'output') {
    const runs = state.running?.code === null;
    return row({ text: runs ? 'ctrl+c: end it   esc: back, it goes on   c: copy' : 'esc: back   c: copy', dim: true });
  }
  const bindings = [...ownBindings(state), ...globalBindings].filter(({ short }) => short !== undefined);
  const first = paneOf(state.pane).firstKeys ?? FIRST;
  const rank = ({ keys }: Binding) => (first.indexOf(keys[0] ?? '') + first.length + 1) % (first.length + 1);
  const sorted = bindings.toSorted((one, other) => rank(one) - rank(other));
  // What the pane makes of a key comes first.
  const shown = sorted.filter(({ keys }, index) => sorted.findIndex((one) => one.keys[0] === keys[0]) === index);
  let room = size.columns;
  return shown.flatMap(({ keys, short }) => {
    const key = shownKey(keys[0] ?? '', unicode);
    const text = ` ${short}`;
    room -= key.length + text.length;
    const fits = room >= 0;
    room -= GAP.length;
    return fits
      ? [
          { text: key, color: 'cyan' as const },
          { text: text + GAP, dim: true },
        ]
      : [];
  });
}

const GAP = '  ';
