import type { Overlay, UiState } from '../state.ts';
import { type Outcome, stay } from './binding.ts';
import { editLine, lineOf } from './line-edit.ts';

type Prompt = Overlay & { readonly kind: 'prompt' };
type Purpose = Prompt['purpose'];

export function openPrompt(purpose: Purpose, text: string): Prompt {
  return { kind: 'prompt', purpose, ...lineOf(text), before: text, back: 0 };
}

/** A key, or pasted text, for the line that is typed. */
export function toPrompt(prompt: Prompt, name: string | null, input: string, state: UiState): Outcome {
  const { purpose, text, before } = prompt;
  if (name === 'escape' || name === 'ctrl+c') return stay(filtered({ ...state, overlay: null }, purpose, before));
  if (name === 'enter') {
    const done = { ...state, overlay: null, typed: remembered(state, purpose, text) };
    const argv = splitWords(text);
    return purpose === 'command' && argv.length > 0 ? stay(done, { type: 'run', argv }) : stay(done);
  }
  const changed = name === 'up' || name === 'down' ? fromHistory(prompt, name, state) : edited(prompt, name, input);
  return stay(filtered({ ...state, overlay: changed }, purpose, changed.text));
}

function edited(prompt: Prompt, name: string | null, input: string): Prompt {
  return { ...prompt, ...editLine(prompt, name, input) };
}

/** What was typed before; the newest is the nearest, and behind it an empty line. */
function fromHistory(prompt: Prompt, name: 'up' | 'down', { typed }: UiState): Prompt {
  const lines = typed[prompt.purpose];
  const back = Math.max(0, Math.min(lines.length, prompt.back + (name === 'up' ? 1 : -1)));
  if (back === prompt.back) return prompt;
  return { ...prompt, back, ...lineOf(lines[lines.length - back] ?? '') };
}

const REMEMBERED = 100;

function remembered({ typed }: UiState, purpose: Purpose, text: string): UiState['typed'] {
  if (text.trim() === '') return typed;
  const others = typed[purpose].filter((line) => line !== text);
  return { ...typed, [purpose]: [...others, text].slice(-REMEMBERED) };
}

/** A filter works while it is typed. */
function filtered(state: UiState, purpose: Purpose, text: string): UiState {
  return purpose === 'command' ? state : { ...state, logs: { ...state.logs, text } };
}

/** Words as a shell would split them: spaces part them, quotes keep them together. */
export function splitWords(text: string): readonly string[] {
  const words = text.trim().match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const plain = words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
  // As people type it after a colon, with or without the name of the program.
  return plain[0] === 'devenv' ? plain.slice(1) : plain;
}
