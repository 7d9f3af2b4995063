import type { EventDelivery, LoggedCall, MocksSeen } from '../../../core/mocks.ts';
import { plainText, shownText } from '../../../display/clean.ts';
import type { UiContext } from '../../context.ts';

type Known = Pick<UiContext, 'model' | 'state'>;

export function callsOf({ model }: Pick<UiContext, 'model'>): readonly LoggedCall[] {
  return model.mocks?.calls ?? [];
}

/** The one that was chosen; where that is gone or none was, the newest. */
export function selectedCall({ model, state }: Known): LoggedCall | null {
  const calls = callsOf({ model });
  return calls.find(({ id }) => id === state.call.id) ?? calls.at(-1) ?? null;
}

/** Of the events that it caused: whom they were told to. */
export function deliveriesOf(
  { events = [] }: Pick<LoggedCall, 'events'>,
  { deliveries }: Pick<MocksSeen, 'deliveries'>,
): readonly EventDelivery[] {
  return deliveries.filter(({ event }) => events.includes(event));
}

/** What others wrote, in one line, without anything that a terminal would obey. */
export function oneLine(text: string, unicode: boolean): string {
  const shown = plainText(shownText(text.replace(/\s+/g, ' ')));
  return unicode ? shown : shown.replaceAll('→', '->');
}

/** `12:30:01`, by the clock of the user's machine. */
export function clockTime(at: string): string {
  return new Date(at).toTimeString().slice(0, 8);
}
