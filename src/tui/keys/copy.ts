import type { UiState } from '../state.ts';
import { type Outcome, stay } from './binding.ts';

/** Null where there is nothing to copy. */
export function copy(texts: readonly string[], state: UiState): Outcome | null {
  const text = texts.join('\n');
  if (text === '') return null;
  const words = texts.length === 1 ? 'one line' : `${texts.length} lines`;
  return stay({ ...state, status: { text: `Copied ${words}.`, bad: false } }, { type: 'copy', text });
}
