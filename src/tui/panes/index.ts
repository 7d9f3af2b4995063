import { data } from './data/index.ts';
import { details } from './details/index.ts';
import { logs } from './logs/index.ts';
import type { Pane } from './pane.ts';
import { startup } from './startup/index.ts';
import { variables } from './variables/index.ts';

/** In the order of their number keys. */
export const panes: readonly Pane[] = [logs, variables, startup, details, data];

export function paneOf(id: string): Pane {
  return panes.find((pane) => pane.id === id) ?? logs;
}
