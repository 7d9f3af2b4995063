import { seconds } from '../../display/words.ts';
import type { UiContext } from '../context.ts';
import { shownKey } from '../help.ts';
import { globalBindings } from '../keys/global.ts';
import { LEVELS } from '../logs/level.ts';
import type { Member } from '../model/model.ts';
import { startMs } from '../model/start.ts';
import { paneOf, panes } from '../panes/index.ts';
import { cell, type Row, row, type Span } from '../row.ts';
import { megabytes, percent, symbolOf } from '../symbols.ts';

/** The lines around a pane, as data. */

export function headerRow({ model, state }: UiContext): Row {
  const { environment, members, runtime } = model;
  if (!environment) return row({ text: 'devenv', bold: true }, { text: '  reading the configuration…', dim: true });
  const ready = members.filter((member) => member.state === 'ready' || member.state === 'done').length;
  const all = ready === members.length && members.length > 0;
  const ms = startMs(model);
  const took = ms === null ? '' : ` in ${seconds(ms)}`;
  return row(
    { text: environment.project, bold: true },
    environment.branch ? ` (${environment.branch})` : '',
    { text: `  ${runtime ?? ''}  `, dim: true },
    { text: `${ready}/${members.length} ready${all ? took : ''}`, color: all ? 'green' : 'yellow' },
    state.starting ? '  starting…' : '',
    { text: `  ${environment.path}`, dim: true },
  );
}

export function memberRows({ model, state, unicode }: UiContext, width: number): readonly Row[] {
  const all = { text: cell('all', width), ...(state.selected === null ? chosen(state.focus) : {}) };
  return [[all], ...model.members.map((member) => memberRow(member, width, unicode, state))];
}

function memberRow(member: Member, width: number, unicode: boolean, state: UiContext['state']): Row {
  const symbol = symbolOf(member.state, unicode);
  const usage = width >= 30 ? usageText(member) : '';
  const look = member.name === state.selected ? chosen(state.focus) : {};
  return row(
    { text: `${symbol.text} `, ...(symbol.color ? { color: symbol.color } : {}), ...look },
    { text: cell(member.name, width - 2 - usage.length), ...look },
    { text: usage, dim: true, ...look },
  );
}

function usageText({ cpu, memoryBytes, state }: Member): string {
  if (memoryBytes === null) return (state === 'ready' ? '' : state).padStart(16);
  return `${cpu === null ? '' : percent(cpu)}`.padStart(7) + megabytes(memoryBytes).padStart(9);
}

function chosen(focus: 'members' | 'pane'): Omit<Span, 'text'> {
  return focus === 'members' ? { inverse: true } : { bold: true };
}

export function tabsRow({ state }: UiContext): Row {
  const tabs = panes.map(({ id, title }, index): Span => {
    const active = id === state.pane;
    return {
      text: ` ${index + 1} ${title} `,
      ...(active ? { inverse: state.focus === 'pane', bold: true } : { dim: true }),
    };
  });
  return state.pane === 'logs' ? [...tabs, ...logFlags(state.logs)] : tabs;
}

function logFlags({ follow, wrap, text, level }: UiContext['state']['logs']): readonly Span[] {
  const flags = [
    follow ? '' : 'paused',
    wrap ? 'wrapped' : '',
    level === LEVELS[0] ? '' : `${level} and above`,
    text === '' ? '' : `/${text}`,
  ].filter((flag) => flag !== '');
  return flags.map((flag) => ({ text: `  ${flag}`, color: 'yellow' }));
}

/** What was done last, as a command that does the same. */
export function statusRow({ state, model }: UiContext): Row {
  const { status, running } = state;
  if (status) return row({ text: oneLine(status.text), ...(status.bad ? { color: 'red' } : { dim: true }) });
  if (!running) return model.failure ? row({ text: oneLine(model.failure.message), color: 'red' }) : [];
  const how = running.code === null ? 'runs' : running.code === 0 ? 'done' : `exit code ${running.code}`;
  const error = running.lines.find((line) => line.startsWith('Error: '));
  const said = running.code === 0 ? '' : (error ?? running.lines.at(-1) ?? '');
  return row(
    { text: `$ devenv ${running.command}`, bold: true },
    { text: `  ${how}`, color: running.code === null ? 'yellow' : running.code === 0 ? 'green' : 'red' },
    { text: `  ${said}`, dim: true },
  );
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '; ');
}

export function keysRow({ state, unicode }: UiContext): Row {
  const { overlay } = state;
  if (overlay?.kind === 'prompt') {
    const sign = overlay.purpose === 'filter' ? '/' : ':devenv ';
    return row(
      { text: sign, bold: true },
      overlay.text,
      { text: ' ', inverse: true },
      { text: '  enter, esc', dim: true },
    );
  }
  if (overlay?.kind === 'help' || overlay?.kind === 'output') return row({ text: 'esc: back', dim: true });
  const bindings = [...globalBindings, ...paneOf(state.pane).bindings].filter(({ short }) => short !== undefined);
  const last = ['help', 'quit'];
  const sorted = [
    ...bindings.filter(({ short }) => last.includes(short ?? '')),
    ...bindings.filter(({ short }) => !last.includes(short ?? '')),
  ];
  return sorted.flatMap(({ keys, short }) => [
    { text: shownKey(keys[0] ?? '', unicode), color: 'cyan' as const },
    { text: ` ${short}  `, dim: true },
  ]);
}
