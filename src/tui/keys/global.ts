import { selectedMember, type UiContext } from '../context.ts';
import { paneOf, panes } from '../panes/index.ts';
import type { Move } from '../panes/pane.ts';
import type { UiState } from '../state.ts';
import { STANDING } from '../symbols.ts';
import { type Binding, change, type Effect, stay } from './binding.ts';
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
  change(['escape', 'left'], 'back to the list; also ends a filter', goBack),
  change(['tab'], 'from the list to the pane and back', ({ state }) => ({
    focus: state.focus === 'pane' ? 'members' : 'pane',
  })),
  ...panes.map(({ id, title }, index) => change([String(index + 1)], title, () => ({ pane: id }))),
  change(['l'], 'logs', () => ({ pane: 'logs' })),
  change(['d'], 'details', () => ({ pane: 'details' })),
  change(['['], 'the pane before', (context) => ({ pane: otherPane(context, -1) })),
  change([']'], 'the next pane', (context) => ({ pane: otherPane(context, 1) })),
  change(['z'], 'the pane alone, so that a mouse selects its text only', ({ state }) => ({ zoom: !state.zoom })),
  verb(['r'], 'restart it; all of them on the first line', 'restart', ({ state }) => ['restart', ...named(state)]),
  verb(['s'], 'stop it, or start it', 'stop/start', stopOrStart),
  verb(['u'], 'up: bring all to what the configuration says', 'up', () => ['up']),
  verb(['o'], 'open its address in the browser', 'open', openAddress),
  verb(['p'], 'psql or redis-cli in it', 'psql', enginesClient),
  verb(['e'], 'a shell beside it', 'shell', (context) => {
    const member = selectedMember(context);
    return member?.kind === 'service' ? ['shell', member.name] : null;
  }),
  verb(['D'], 'delete all data and stop, after a question', undefined, () => ['down', '--data']),
  change([':'], 'any other verb', () => ({ overlay: openPrompt('command', '') }), 'verb'),
  change(['x'], 'what the last verb printed', ({ state }) =>
    state.running ? { overlay: { kind: 'output', scroll: 0 } } : {},
  ),
  change(['?'], 'help', () => ({ overlay: { kind: 'help', scroll: 0 } }), 'keys'),
  {
    keys: ['q', 'ctrl+c'],
    label: 'leave: detach or stop',
    short: 'quit',
    act: ({ state }) => stay(state, { type: 'leave' }),
  },
  { keys: ['ctrl+z'], label: 'to the shell; fg comes back', act: ({ state }) => stay(state, { type: 'suspend' }) },
];

type Argv = readonly string[];

function verb(
  keys: Argv,
  label: string,
  short: string | undefined,
  argvFor: (context: UiContext) => Argv | null,
): Binding {
  return {
    keys,
    label,
    ...(short ? { short } : {}),
    act(context) {
      const argv = argvFor(context);
      if (argv) return stay(context.state, { type: 'run', argv } satisfies Effect);
      const text = 'That means nothing here; ? shows the keys.';
      return stay({ ...context.state, status: { text, bad: false } });
    },
  };
}

function named({ selected }: UiState): Argv {
  return selected === null ? [] : [selected];
}

function stopOrStart(context: UiContext): Argv {
  const member = selectedMember(context);
  const all = context.model.members;
  const standing = member ? STANDING.includes(member.state) : all.every(({ state }) => STANDING.includes(state));
  return [standing ? 'start' : 'stop', ...named(context.state)];
}

function openAddress(context: UiContext): Argv | null {
  const first = context.model.members.find(({ url }) => url?.startsWith('http'));
  const name = (selectedMember(context) ?? first)?.name;
  return name ? ['open', name] : null;
}

const CLIENTS: Readonly<Record<string, string>> = { postgres: 'psql', redis: 'redis' };

/** Of the selected service, else of the first one that has a client. */
function enginesClient(context: UiContext): Argv | null {
  const clientOf = (about: string) => CLIENTS[about.split(' ')[0] ?? ''];
  const member = selectedMember(context) ?? context.model.members.find(({ about }) => clientOf(about));
  const client = member && clientOf(member.about);
  return client ? [client, '--service', member.name] : null;
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

function page({ logs }: UiContext): number {
  return Math.max(1, logs.area.height - 1);
}

function otherPane({ state }: UiContext, by: -1 | 1): string {
  const index = panes.findIndex(({ id }) => id === state.pane) + by;
  return panes[(index + panes.length) % panes.length]?.id ?? 'logs';
}

function goBack({ state }: UiContext): Partial<UiState> {
  if (state.status) return { status: null };
  if (state.focus === 'pane') return { focus: 'members' };
  return state.logs.text === '' ? {} : { logs: { ...state.logs, text: '' } };
}
