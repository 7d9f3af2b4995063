import { selectedMember, type UiContext } from '../../context.ts';
import type { Member } from '../../model/model.ts';
import { shownState } from '../../model/shown-state.ts';
import { type Row, row } from '../../row.ts';
import { megabytes, percent, STANDING, stateWord, symbolOf } from '../../symbols.ts';
import { failureRows } from '../failure-rows.ts';
import { listPane } from '../pane.ts';

/** What is known about the selected thing, and what happened to it lately. */
export const details = listPane('details', ['Details'], (context): readonly Row[] => {
  const member = selectedMember(context);
  const happenings = context.model.happenings.filter(({ name }) => member === null || name === member.name);
  return [
    ...(member === null ? environmentRows(context) : memberRows(context)),
    ...lastFailure(context),
    row(''),
    row({ text: 'Recent events', bold: true }),
    ...happenings
      .map(({ at, name, text }) =>
        row({ text: `${clock(at)} `, dim: true }, { text: name === '' ? '' : `${name} `, bold: true }, text),
      )
      .reverse(),
  ];
});

function lastFailure({ model }: UiContext): readonly Row[] {
  return model.failure === null
    ? []
    : [row(''), row({ text: 'The last start failed', bold: true }), ...failureRows(model)];
}

function environmentRows({ model }: UiContext): readonly Row[] {
  const { environment, runtime } = model;
  if (!environment) return [row({ text: 'Reading the configuration...', dim: true })];
  return fields([
    ['project', environment.project],
    ['branch', environment.branch ?? '-'],
    ['folder', environment.path],
    ['id', environment.id],
    ['runtime', runtime ?? '-'],
  ]);
}

function memberRows(context: UiContext): readonly Row[] {
  const member = selectedMember(context);
  if (!member) return [];
  const { name, kind, about, why, url, pid, cpu, memoryBytes, needs, restarts, since } = member;
  const state = shownState(member, context);
  const symbol = symbolOf(state, context.unicode);
  return [
    row({ text: name, bold: true }, { text: `  ${kind}${about === '' ? '' : `, ${about}`}`, dim: true }),
    row(
      { text: `${symbol.text} ${stateWord(state)}`, ...(symbol.color ? { color: symbol.color } : {}) },
      why ? `  ${why}` : '',
    ),
    ...(STANDING.includes(state) && state !== 'done' ? [row({ text: 'u starts it.', dim: true })] : []),
    ...fields([
      ['since', since === null ? null : moment(since, context.now)],
      ['restarts', restarts === 0 ? null : String(restarts)],
      ['url', url],
      ['port', portText(member)],
      ['command', member.command],
      ['folder', member.cwd],
      ['image', member.image],
      ['needs', needs.length === 0 ? null : needs.join(', ')],
      ['pid', pid === null ? null : String(pid)],
      ['cpu', cpu === null ? null : percent(cpu)],
      ['memory', memoryBytes === null ? null : megabytes(memoryBytes)],
    ]),
  ];
}

/** Where another one was given than the configuration asks for, nothing is wrong, but it has to be seen. */
function portText({ port, askedPort }: Member): string | null {
  if (port === null || askedPort === null || askedPort === port) return port === null ? null : String(port);
  return `${port}; the configuration asks for ${askedPort}, this checkout keeps what it was given`;
}

function fields(pairs: readonly (readonly [string, string | null])[]): readonly Row[] {
  return pairs.flatMap(([name, value]) => (value === null ? [] : [row({ text: name.padEnd(9), dim: true }, value)]));
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

function moment(at: number, now: number): string {
  const day = new Date(at).toDateString();
  return day === new Date(now).toDateString() ? clock(at) : `${clock(at)}, ${day}`;
}
