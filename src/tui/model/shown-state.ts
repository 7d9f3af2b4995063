import type { UiContext } from '../context.ts';
import { isStarting } from '../state.ts';
import type { Member } from './model.ts';

const NOT_YET: readonly Member['state'][] = ['missing', 'created', 'stopped'];

/** What is being made is on its way, although the runtime doesn't know it yet. */
export function shownState({ name, state }: Member, { model, state: ui }: Pick<UiContext, 'model' | 'state'>) {
  const open = model.steps.some(({ target, began, ended }) => target === name && began !== null && ended === null);
  return open && isStarting(ui) && NOT_YET.includes(state) ? 'starting' : state;
}
