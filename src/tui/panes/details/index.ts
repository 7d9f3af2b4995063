import { selectedMember, type UiContext } from '../../context.ts';
import { shownState } from '../../model/shown-state.ts';
import { type Row, row } from '../../row.ts';
import { megabytes, percent, stateWord, symbolOf } from '../../symbols.ts';
import { failureRows } from '../failure-rows.ts';
import { listPane } from '../pane.ts';

/** What is known about the selected thing, and what happened to it lately. */
export const details = listPane('details', 'Details', (context): readonly Row[] => {
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
  if (!environment) return [row({ text: 'Reading the configuration…', dim: true })];
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
  const { name, kind, about, why, url, pid, cpu, memoryBytes } = member;
  const state = shownState(member, context);
  const symbol = symbolOf(state, context.unicode);
  return [
    row({ text: name, bold: true }, { text: `  ${kind}${about === '' ? '' : `, ${about}`}`, dim: true }),
    row(
      { text: `${symbol.text} ${stateWord(state)}`, ...(symbol.color ? { color: symbol.color } : {}) },
      why ? `  ${why}` : '',
    ),
    ...fields([
      ['url', url],
      ['pid', pid === null ? null : String(pid)],
      ['cpu', cpu === null ? null : percent(cpu)],
      ['memory', memoryBytes === null ? null : megabytes(memoryBytes)],
    ]),
  ];
}

function fields(pairs: readonly (readonly [string, string | null])[]): readonly Row[] {
  return pairs.flatMap(([name, value]) => (value === null ? [] : [row({ text: name.padEnd(9), dim: true }, value)]));
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
