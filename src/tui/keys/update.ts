import type { UiContext } from '../context.ts';
import { layoutOf } from '../layout.ts';
import { paneOf } from '../panes/index.ts';
import { type Outcome, stay } from './binding.ts';
import { globalBindings } from './global.ts';
import { toOverlay } from './overlays.ts';

/** What a key does. `name` is null for pasted text. */
export function update(context: UiContext, name: string | null, input: string): Outcome {
  const { state } = context;
  if (state.overlay) return toOverlay(state.overlay, name, input, context);
  // Nobody can see what other keys would do.
  if (layoutOf(state).tooSmall && name !== 'q' && name !== 'ctrl+c') return stay(state);
  const bindings = [...paneOf(state.pane).bindings, ...globalBindings];
  const binding = bindings.find(({ keys }) => name !== null && keys.includes(name));
  return binding?.act(context) ?? stay(state);
}
