import type { UiContext } from '../context.ts';
import { helpRows } from '../help.ts';
import { outputLines } from '../output.ts';
import type { Overlay, UiState } from '../state.ts';
import { type Outcome, stay } from './binding.ts';
import { copy } from './copy.ts';
import { toPrompt } from './prompt.ts';

/** A key, or pasted text, for what covers the screen. */
export function toOverlay(overlay: Overlay, name: string | null, input: string, context: UiContext): Outcome {
  const { state } = context;
  switch (overlay.kind) {
    case 'help':
      return scrolled(overlay, name, helpRows(context).length, context);
    case 'output':
      if (name === 'ctrl+c' && state.running?.code === null) return stay(state, { type: 'cancel' });
      if (name === 'c' || name === 'y') return copy(outputLines(state.running), state) ?? stay(state);
      return scrolled(overlay, name, context.output.length, context);
    case 'question':
      return toQuestion(overlay, name, state);
    case 'prompt':
      return toPrompt(overlay, name, input, state);
    default:
      return overlay satisfies never;
  }
}

function scrolled(
  overlay: Overlay & { readonly kind: 'help' | 'output' },
  name: string | null,
  length: number,
  { state, logs }: UiContext,
): Outcome {
  const page = Math.max(1, logs.area.height - 1);
  const by: Readonly<Record<string, number>> = {
    ...{ up: -1, k: -1, down: 1, j: 1, pageup: -page, pagedown: page },
    ...{ home: -length, g: -length, end: length, G: length },
  };
  const move = by[name ?? ''];
  if (move === undefined) return stay(closes(name) ? { ...state, overlay: null } : state);
  const last = Math.max(0, length - logs.area.height);
  const top = overlay.scroll === 'end' ? last : overlay.scroll;
  const scroll = Math.max(0, Math.min(top + move, last));
  const follows = overlay.kind === 'output' && state.running?.code === null && scroll === last && move > 0;
  return stay({ ...state, overlay: follows ? { kind: 'output', scroll: 'end' } : { ...overlay, scroll } });
}

/** The first line of the page of what a verb printed. */
export function topOf(scroll: number | 'end', { output, logs }: Pick<UiContext, 'output' | 'logs'>): number {
  return scroll === 'end' ? Math.max(0, output.length - logs.area.height) : scroll;
}

function closes(name: string | null): boolean {
  return ['escape', 'q', 'enter', 'ctrl+c', '?', 'x'].includes(name ?? '');
}

/** Esc and Ctrl-C answer what an empty line would, unless the question has a way back. */
function toQuestion(
  { question, runs }: Overlay & { readonly kind: 'question' },
  name: string | null,
  state: UiState,
): Outcome {
  const fallback = name === 'enter' || name === 'escape' || name === 'ctrl+c';
  const cancel = name === 'escape' ? question.choices.find(({ label }) => label === 'cancel') : undefined;
  const pressed = fallback ? question.fallback : name?.toLowerCase();
  const choice = cancel ?? question.choices.find(({ key }) => key === pressed);
  if (!choice) return stay(state);
  const answered = { ...state, overlay: null };
  if (!runs) return stay(answered, { type: 'answer', key: choice.key });
  const argv = runs[choice.key];
  return argv ? stay(answered, { type: 'run', argv }) : stay(answered);
}
