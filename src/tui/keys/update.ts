import type { UiContext } from '../context.ts';
import { layoutOf } from '../layout.ts';
import { ownBindings } from '../panes/index.ts';
import { showsQuestion } from '../tiny.ts';
import { type Outcome, stay } from './binding.ts';
import { globalBindings } from './global.ts';
import { toOverlay } from './overlays.ts';

/** What a key does. `name` is null for pasted text. */
export function update(context: UiContext, name: string | null, input: string): Outcome {
  const { state } = context;
  if (layoutOf(state).tooSmall) return whereTooSmall(context, name);
  if (state.overlay) return toOverlay(state.overlay, name, input, context);
  const bindings = [...ownBindings(state), ...globalBindings];
  const binding = bindings.find(({ keys }) => name !== null && keys.includes(name));
  return binding?.act(context) ?? stay(state);
}

/** Nobody can see what other keys would do. */
function whereTooSmall(context: UiContext, name: string | null): Outcome {
  const { state } = context;
  const { overlay } = state;
  if (overlay?.kind === 'question') {
    const shown = showsQuestion(state, overlay.question);
    return shown || name === 'escape' || name === 'ctrl+c' ? toOverlay(overlay, name, '', context) : stay(state);
  }
  if (name === 'ctrl+z') return stay(state, { type: 'suspend' });
  return name === 'q' || name === 'ctrl+c' ? stay({ ...state, overlay: null }, { type: 'leave' }) : stay(state);
}
