import type { UiContext } from '../context.ts';
import type { Member } from '../model/model.ts';
import { shownState } from '../model/shown-state.ts';
import { cell, type Row, row, type Span } from '../row.ts';
import { megabytes, percent, stateWord, symbolOf } from '../symbols.ts';

/** Below this width there is room for a word where something isn't ready, and for no figures. */
const ROOM_FOR_FIGURES = 28;

/** All of them, then each with its state, and what it takes or why it takes nothing. */
export function memberRows(context: UiContext, width: number): readonly Row[] {
  const { model, state } = context;
  const all = { text: cell('all', width), ...(state.selected === null ? chosen(state.focus) : {}) };
  return [[all], ...model.members.map((member) => memberRow(member, width, context))];
}

function memberRow(member: Member, width: number, context: UiContext): Row {
  const { state: ui, unicode } = context;
  const state = shownState(member, context);
  const symbol = symbolOf(state, unicode);
  const usage = state === 'ready' ? figures(member, width) : ` ${stateWord(state)}`;
  const look = member.name === ui.selected ? chosen(ui.focus) : {};
  return row(
    { text: `${symbol.text} `, ...(symbol.color ? { color: symbol.color } : {}), ...look },
    { text: cell(member.name, width - 2 - usage.length), ...look },
    { text: usage, dim: true, ...look },
  );
}

function figures({ cpu, memoryBytes }: Member, width: number): string {
  if (width < ROOM_FOR_FIGURES || memoryBytes === null) return '';
  return (cpu === null ? '' : percent(cpu)).padStart(6) + megabytes(memoryBytes).padStart(8);
}

function chosen(focus: 'members' | 'pane'): Omit<Span, 'text'> {
  return focus === 'members' ? { inverse: true } : { bold: true };
}
