import type { Question } from '../../core/events.ts';
import { selectedMember, type UiContext } from '../context.ts';
import { reset } from '../panes/data/deeds.ts';
import { selectedEntry, usualDatabases } from '../panes/data/moments.ts';
import { paneOf, panes } from '../panes/index.ts';
import type { Move } from '../panes/pane.ts';
import { dataVerbRuns, type UiState } from '../state.ts';
import { STANDING } from '../symbols.ts';
import { type Binding, change, type Outcome, stay } from './binding.ts';
import { type Deed, verb } from './deed.ts';
import { openPrompt } from './prompt.ts';

/** Those that mean the same wherever one is. */
export const globalBindings: readonly Binding[] = [
  { keys: ['up', 'k'], label: 'up: another service or process, or another line', act: (context) => step(-1, context) },
  { keys: ['down', 'j'], label: 'down', act: (context) => step(1, context) },
  { keys: ['pageup', 'ctrl+u'], label: 'a page up', act: (context) => scroll(-page(context), context) },
  { keys: ['pagedown', 'ctrl+d'], label: 'a page down', act: (context) => scroll(page(context), context) },
  { keys: ['home', 'g'], label: 'to the first line', act: (context) => scroll('first', context) },
  { keys: ['end', 'G'], label: 'to the newest line', act: (context) => scroll('last', context) },
  change(['enter', 'right'], 'go into the pane: the keys above move lines', () => ({ focus: 'pane' }), 'into'),
  {
    keys: ['escape', 'left'],
    label: 'end a reset, seed and the like that runs; else back to the list; also ends a filter',
    act: (context) => ending(context, () => stay({ ...context.state, ...goBack(context) })),
  },
  change(['tab'], 'from the list to the pane and back', ({ state }) => ({
    focus: state.focus === 'pane' ? 'members' : 'pane',
  })),
  ...panes.map(({ id, title }, index) => change([String(index + 1)], title, ({ state }) => toPane(id, state))),
  change(['l'], 'logs', ({ state }) => toPane('logs', state)),
  change(['d'], 'details', ({ state }) => toPane('details', state)),
  change(['['], 'the pane before', (context) => toPane(otherPane(context, -1), context.state)),
  change([']'], 'the next pane', (context) => toPane(otherPane(context, 1), context.state)),
  change(['z'], 'the pane alone, so that a mouse selects its text only', ({ state }) => ({ zoom: !state.zoom })),
  verb(['r'], 'restart it; on the first line all of them, after a question', 'restart', ({ state }) =>
    toSelected('restart', state),
  ),
  verb(['s'], 'stop it, or start it; all of them as with r', 'stop/start', stopOrStart),
  verb(['u'], 'up: bring all to what the configuration says', 'up', () => ({ argv: ['up'] })),
  verb(['o'], 'open its address in the browser', 'open', openAddress),
  verb(['p'], 'psql or redis-cli in it', 'psql', enginesClient),
  verb(['e'], 'a shell beside it', 'shell', shellIn),
  verb(
    ['R'],
    'reset the databases: as migrations and seeds made them; among several, the data pane asks',
    'reset',
    resetKey,
  ),
  verb(['U'], 'undo the last reset, restore or seed', 'undo', () => ({ argv: ['undo'] })),
  verb(['ctrl+r'], 'redo: take the last undo back', undefined, () => ({ argv: ['redo'] })),
  verb(['D'], 'delete all data and stop, after a question', undefined, () => ({ argv: ['down', '--data'] })),
  change([':'], 'any other verb', () => ({ overlay: openPrompt('command', '') }), 'verb'),
  change(['x'], 'what the last verb printed', ({ state }) =>
    state.running ? { overlay: { kind: 'output', scroll: 0 } } : {},
  ),
  change(['?'], 'help', () => ({ overlay: { kind: 'help', scroll: 0 } }), 'keys'),
  {
    keys: ['q', 'ctrl+c'],
    label: 'leave: detach or stop',
    short: 'quit',
    act: (context) => ending(context, () => stay(context.state, { type: 'leave' })),
  },
  { keys: ['ctrl+z'], label: 'to the shell; fg comes back', act: ({ state }) => stay(state, { type: 'suspend' }) },
];

/** Of all of them it is asked first: one key too many would end what somebody works with. */
function toSelected(verb: 'restart' | 'stop' | 'start', { selected }: UiState): Deed {
  if (selected !== null) return { argv: [verb, selected] };
  return verb === 'start' ? { argv: [verb] } : { argv: [verb], question: aboutAll(verb) };
}

function aboutAll(verb: 'restart' | 'stop'): Question {
  const choices = [
    { key: 'y', label: verb },
    { key: 'n', label: 'cancel' },
  ];
  const text = `${verb === 'stop' ? 'Stop' : 'Restart'} all services and processes?`;
  return { id: `${verb}-all`, text, choices, fallback: 'n' };
}

function stopOrStart(context: UiContext): Deed {
  const member = selectedMember(context);
  const all = context.model.members;
  const standing = member ? STANDING.includes(member.state) : all.every(({ state }) => STANDING.includes(state));
  return toSelected(standing ? 'start' : 'stop', context.state);
}

function openAddress(context: UiContext): Deed {
  const first = context.model.members.find(({ url }) => url?.startsWith('http'));
  const name = (selectedMember(context) ?? first)?.name;
  return name ? { argv: ['open', name] } : { refused: 'Nothing here has an address for a browser.' };
}

const CLIENTS: Readonly<Record<string, string>> = { postgres: 'psql', redis: 'redis' };

/** Of the selected service, else of the first one that has a client. */
function enginesClient(context: UiContext): Deed {
  const clientOf = (about: string) => CLIENTS[about.split(' ')[0] ?? ''];
  const member = selectedMember(context) ?? context.model.members.find(({ about }) => clientOf(about));
  const client = member && clientOf(member.about);
  if (client) return { argv: [client, '--service', member.name] };
  return { refused: 'p opens psql or redis-cli: select a service that has one of them.' };
}

function shellIn(context: UiContext): Deed {
  const member = selectedMember(context);
  if (member?.kind === 'service') return { argv: ['shell', member.name] };
  return { refused: 'e opens a shell beside a service: select one.' };
}

/** As the verb, of all of them; where one of several is selected, that may be meant. */
function resetKey(context: UiContext): Deed {
  return reset(context.state.pane === 'data' ? usualDatabases(context) : [], selectedEntry(context));
}

function step(by: -1 | 1, context: UiContext) {
  return context.state.focus === 'pane' ? scroll(by, context) : stay(select(by, context));
}

/** All of them, then one by one. Another selection begins at its newest line. */
function select(by: -1 | 1, { state, model }: UiContext): UiState {
  const names = [null, ...model.members.map(({ name }) => name)];
  const index = Math.max(0, names.indexOf(state.selected)) + by;
  const selected = names[Math.max(0, Math.min(names.length - 1, index))] ?? null;
  if (selected === state.selected) return state;
  // What went wrong stays to be read while one looks for it.
  const status = state.status?.bad ? state.status : null;
  return { ...state, selected, status, scroll: {}, logs: { ...state.logs, follow: true } };
}

function scroll(by: Move, context: UiContext) {
  return stay(paneOf(context.state.pane).move(by, context));
}

/** One whose lines are to be chosen from gets the keys at once, and gives them back. */
function toPane(id: string, { pane, focus }: UiState): Partial<UiState> {
  if (paneOf(id).enter) return { pane: id, focus: 'pane' };
  return { pane: id, focus: paneOf(pane).enter ? 'members' : focus };
}

function page({ logs }: UiContext): number {
  return Math.max(1, logs.area.height - 1);
}

function otherPane({ state }: UiContext, by: -1 | 1): string {
  const index = panes.findIndex(({ id }) => id === state.pane) + by;
  return panes[(index + panes.length) % panes.length]?.id ?? 'logs';
}

/** What changes the data is what somebody waits for: Esc and Ctrl-C are about that first. */
function ending({ state }: UiContext, otherwise: () => Outcome): Outcome {
  return dataVerbRuns(state) ? stay(state, { type: 'cancel' }) : otherwise();
}

function goBack(context: UiContext): Partial<UiState> {
  const { state } = context;
  if (state.status) return { status: null };
  const back = paneOf(state.pane).back?.(context);
  if (back) return back;
  if (state.focus === 'pane') return { focus: 'members' };
  return state.logs.text === '' ? {} : { logs: { ...state.logs, text: '' } };
}
