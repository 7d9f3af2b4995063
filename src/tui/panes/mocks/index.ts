import type { LoggedCall, MocksSeen } from '../../../core/mocks.ts';
import type { UiContext } from '../../context.ts';
import { change } from '../../keys/binding.ts';
import { copy } from '../../keys/copy.ts';
import { verb } from '../../keys/deed.ts';
import { type Row, row, textOf } from '../../row.ts';
import type { UiState } from '../../state.ts';
import { wrapRow } from '../../wrap-row.ts';
import type { Move, Pane } from '../pane.ts';
import { callRow } from './call-row.ts';
import { callsOf, deliveriesOf, selectedCall } from './calls.ts';
import { failNext, replay, resend } from './deeds.ts';
import { detailRows } from './detail-rows.ts';
import { headRows } from './head-rows.ts';

const ID = 'mocks';

/** Every call of what is mocked as it happens, and of the selected one all that went in and out. */
export const mocks: Pane = {
  id: ID,
  title: 'Mocks',
  enter: change(['enter'], 'the selected call alone, all of it; esc goes back', toggled, 'all of it'),
  firstKeys: ['?', 'q', 'enter', 'a', 'f', 'h', ':'],
  bindings: [
    verb(['a'], 'send the selected call again', 'again', replay),
    verb(['f'], 'let the next call fail', 'fail next', failNext),
    verb(['h'], "send the selected call's webhooks again", 'webhooks again', resend),
    {
      keys: ['c', 'y'],
      label: 'copy all of the selected call',
      act: (context) => copy(wholeRows(context, Number.POSITIVE_INFINITY).map(textOf), context.state),
    },
  ],

  rows(context): readonly Row[] {
    const { model, state, logs } = context;
    const { width, height } = logs.area;
    if (isOpen(context)) {
      const rows = wholeRows(context, width);
      const from = firstRow(context, rows.length);
      return rows.slice(from, from + height);
    }
    const call = selectedCall(context);
    if (!model.mocks || !call) return emptyRows(model.mocks, width).slice(0, height);
    const head = model.mocks.state ? headRows(model.mocks.state, width) : notRunning(width);
    const shownHead = head.slice(0, Math.max(1, Math.floor(height / 3)));
    const room = Math.max(1, height - shownHead.length - 1);
    const below = height >= ROOM_FOR_DETAILS ? wholeRows(context, width) : [];
    const { list, details } = divided(room, callsOf(context).length, below.length);
    return [
      ...shownHead,
      lineAbove(callsOf(context), state.call.id, width),
      ...listRows(context, call, list),
      ...(details > 0 ? [row({ text: '─'.repeat(width), dim: true }), ...cutOff(below, details)] : []),
    ].slice(0, height);
  },

  back: (context) => (isOpen(context) ? toggled(context) : null),

  move(by: Move, context: UiContext): UiState {
    const { state } = context;
    if (isOpen(context)) return scrolled(by, context);
    const calls = callsOf(context);
    const index = calls.findIndex(({ id }) => id === selectedCall(context)?.id);
    const to = by === 'first' ? 0 : by === 'last' ? calls.length : index + by;
    // At its end it stays with the newest.
    const next = to >= calls.length ? null : calls[Math.max(0, to)];
    const status = state.status?.bad ? state.status : null;
    return { ...state, call: { id: next?.id ?? null, open: false }, status };
  },
};

/** Below it, the list has it all. */
const ROOM_FOR_DETAILS = 14;

function isOpen(context: UiContext): boolean {
  return context.state.call.open && context.state.pane === ID && selectedCall(context) !== null;
}

/** The call that is looked at stays the same while others come. */
function toggled(context: UiContext): Partial<UiState> {
  const { state } = context;
  const call = selectedCall(context);
  if (!call) return {};
  const open = !isOpen(context);
  return { call: { id: open ? call.id : state.call.id, open }, scroll: { ...state.scroll, [ID]: 0 } };
}

function wholeRows(context: UiContext, width: number): readonly Row[] {
  const call = selectedCall(context);
  return call && context.model.mocks ? detailRows(call, context.model.mocks, { width, unicode: context.unicode }) : [];
}

function firstRow({ state, logs }: UiContext, length: number): number {
  return Math.max(0, Math.min(state.scroll[ID] ?? 0, length - logs.area.height));
}

function scrolled(by: Move, context: UiContext): UiState {
  const { state, logs } = context;
  const { length } = wholeRows(context, logs.area.width);
  const target = by === 'first' ? 0 : by === 'last' ? length : firstRow(context, length) + by;
  const last = Math.max(0, length - logs.area.height);
  return { ...state, scroll: { ...state.scroll, [ID]: Math.max(0, Math.min(target, last)) } };
}

const LEAST_LISTED = 4;

/** The list gets what it needs of its half, and what the details leave. */
function divided(room: number, calls: number, details: number): { readonly list: number; readonly details: number } {
  if (details === 0) return { list: room, details: 0 };
  const half = Math.max(LEAST_LISTED, Math.floor(room * 0.4));
  const list = Math.max(Math.min(calls, half), Math.min(calls, room - details - 1));
  return { list, details: Math.min(details, Math.max(0, room - list - 1)) };
}

/** Which of them is selected, where it isn't the newest that comes. */
function lineAbove(calls: readonly LoggedCall[], selected: number | null, width: number): Row {
  const newer = selected === null ? 0 : calls.filter(({ id }) => id > selected).length;
  const text = newer > 0 ? `─── ${newer} newer, G: follow ` : '';
  return row({ text: text.padEnd(width, '─').slice(0, width), dim: true });
}

/** As many as fit, the selected one among them, the newest last. */
function listRows(context: UiContext, selected: LoggedCall, height: number): readonly Row[] {
  const { model, state, logs, unicode } = context;
  const calls = callsOf(context);
  const index = calls.indexOf(selected);
  const first = Math.max(0, Math.min(index - Math.floor(height / 2), calls.length - height));
  const providerWidth = Math.max(...calls.map(({ provider }) => provider.length));
  return calls.slice(first, first + height).map((call) =>
    callRow(call, {
      ...{ width: logs.area.width, unicode, selected: call === selected, focused: state.focus === 'pane' },
      providerWidth,
      deliveries: model.mocks ? deliveriesOf(call, model.mocks) : [],
    }),
  );
}

/** With a last line that says what is missing. */
function cutOff(rows: readonly Row[], height: number): readonly Row[] {
  if (rows.length <= height) return rows;
  const missing = rows.length - height + 1;
  return [...rows.slice(0, height - 1), row({ text: `… ${missing} more lines: enter`, dim: true })];
}

const HOW = 'mocks: { ai: {}, payments: {} }';

function emptyRows(seen: MocksSeen | null, width: number): readonly Row[] {
  if (!seen) return [row({ text: 'Looking at the mocks...', dim: true })];
  if (!seen.mocked) {
    const text = `Nothing is mocked here. In the configuration ${HOW} lets the app call stand-ins of OpenAI, Anthropic and Stripe.`;
    return wrapRow(row({ text, dim: true }), width);
  }
  if (!seen.state) return notRunning(width);
  const waits = 'No call yet: what the app calls at its mocked providers is listed here as it happens.';
  return [...headRows(seen.state, width), row(''), ...wrapRow(row({ text: waits, dim: true }), width)];
}

function notRunning(width: number): readonly Row[] {
  return wrapRow(row({ text: 'The mocks are not running; u starts them.', color: 'yellow' }), width);
}
