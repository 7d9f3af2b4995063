import { ExitCode } from '../../core/errors.ts';
import { seconds } from '../../display/words.ts';
import type { UiContext } from '../context.ts';
import { shownKey } from '../help.ts';
import type { Binding } from '../keys/binding.ts';
import { globalBindings } from '../keys/global.ts';
import { startMs } from '../model/start.ts';
import { paneOf } from '../panes/index.ts';
import { type Color, type Row, row } from '../row.ts';
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
export function statusRow({ state, model }: UiContext): Row {
  const { status, running } = state;
  if (status) return row({ text: oneLine(status.text), ...(status.bad ? { color: 'red' } : { dim: true }) });
  if (!running) return model.failure ? row({ text: oneLine(model.failure.message), color: 'red' }) : [];
  const { command, code, lines } = running;
  const { text, color } = ending(code);
  const error = lines.find((line) => line.startsWith('Error: '));
  const said = code === 0 ? '' : (error ?? lines.at(-1) ?? '');
  return row(
    { text: `$ devenv ${command}`, bold: true },
    { text: `  ${text}`, color },
    { text: code === null || code === 0 || lines.length === 0 ? '' : '  x: all of it', color: 'cyan' },
    { text: said === '' ? '' : `  ${said}`, dim: true },
  );
}

/** A refusal is what was asked for, such as keeping data, or what keeps it: nothing is broken. */
function ending(code: number | null): { readonly text: string; readonly color: Color } {
  if (code === null) return { text: 'runs', color: 'yellow' };
  if (code === ExitCode.ok) return { text: 'done', color: 'green' };
  return code === ExitCode.refused
    ? { text: 'not done', color: 'yellow' }
    : { text: `exit code ${code}`, color: 'red' };
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
  const bindings = [...paneOf(state.pane).bindings, ...globalBindings].filter(({ short }) => short !== undefined);
  const rank = ({ keys }: Binding) => (FIRST.indexOf(keys[0] ?? '') + FIRST.length + 1) % (FIRST.length + 1);
  const sorted = bindings.toSorted((one, other) => rank(one) - rank(other));
  let room = size.columns;
  return sorted.flatMap(({ keys, short }) => {
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
