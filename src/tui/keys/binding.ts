import type { UiContext } from '../context.ts';
import type { UiState } from '../state.ts';

/** What has to be done outside of the screen's state. */
export type Effect =
  /** A verb, as it would be typed after `devenv`. */
  | { readonly type: 'run'; readonly argv: readonly string[] }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'mark' }
  | { readonly type: 'leave' }
  | { readonly type: 'suspend' }
  | { readonly type: 'cancel' }
  | { readonly type: 'answer'; readonly key: string };

export interface Outcome {
  readonly state: UiState;
  readonly effects: readonly Effect[];
}

/** One thing that a key does. */
export interface Binding {
  /** As `keyName` gives them. */
  readonly keys: readonly string[];
  /** In help. */
  readonly label: string;
  /** In the last line, where there is room. */
  readonly short?: string;
  /** Null where it has no meaning at the moment: another one with that key may have. */
  act(context: UiContext): Outcome | null;
}

export function stay(state: UiState, ...effects: readonly Effect[]): Outcome {
  return { state, effects };
}

/** A binding that only changes the state. */
export function change(
  keys: readonly string[],
  label: string,
  to: (context: UiContext) => Partial<UiState>,
  short?: string,
): Binding {
  return {
    keys,
    label,
    ...(short ? { short } : {}),
    act: (context) => stay({ ...context.state, ...to(context) }),
  };
}
