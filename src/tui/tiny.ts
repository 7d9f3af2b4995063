import wrapAnsi from 'wrap-ansi';
import type { Question } from '../core/events.ts';
import { SMALLEST } from './layout.ts';
import { type Row, row } from './row.ts';
import type { UiState } from './state.ts';

/** The screen of a terminal that is too small for it: a question where that has room, else what is needed. */
export function tinyRows({ size, overlay }: Pick<UiState, 'size' | 'overlay'>): readonly Row[] {
  const { columns, rows } = size;
  if (overlay?.kind === 'question' && showsQuestion({ size }, overlay.question))
    return questionLines(overlay.question, columns).map((line) => row(line));
  const words = ['Too small.', `${columns}x${rows}, needs`, `${SMALLEST.columns}x${SMALLEST.rows}. q: leave`];
  return words.slice(0, rows).map((line) => row(line));
}

/** Whether all of a question can be read: else it must not be answered. */
export function showsQuestion({ size }: Pick<UiState, 'size'>, question: Question): boolean {
  const lines = questionLines(question, size.columns);
  return lines.length <= size.rows && lines.every((line) => line.length <= size.columns);
}

function questionLines({ text, choices }: Question, columns: number): readonly string[] {
  return [
    ...wrapAnsi(text, columns, { hard: true }).split('\n'),
    ...choices.map(({ key, label }) => `${key} ${label}`),
  ];
}
