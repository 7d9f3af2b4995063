import type { Binding } from '../keys/binding.ts';
import type { UiState } from '../state.ts';
import { data } from './data/index.ts';
import { details } from './details/index.ts';
import { logs } from './logs/index.ts';
import { mocks } from './mocks/index.ts';
import type { Pane } from './pane.ts';
import { startup } from './startup/index.ts';
import { variables } from './variables/index.ts';

/** In the order of their number keys. */
export const panes: readonly Pane[] = [logs, variables, startup, details, data, mocks];

/** Those that mean something there only, and come before all others. */
export function ownBindings({ pane, focus }: Pick<UiState, 'pane' | 'focus'>): readonly Binding[] {
  const { enter, bindings } = paneOf(pane);
  return enter && focus === 'pane' ? [enter, ...bindings] : bindings;
}

export function paneOf(id: string): Pane {
  return panes.find((pane) => pane.id === id) ?? logs;
}
