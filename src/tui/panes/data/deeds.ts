import type { DatabaseState } from '../../../core/data/state.ts';
import type { Question } from '../../../core/events.ts';
import type { Deed } from '../../keys/deed.ts';
import type { Entry } from './moments.ts';

/** The states that can be gone to, compared or removed, each by the verb that does the same. */

const NOTHING = { refused: 'Nothing is selected: what is there has not been read yet.' };

/** The selected state becomes what is live; undo takes that back. */
export function goTo(entry: Entry | null): Deed {
  if (!entry) return NOTHING;
  const { moment, flags } = entry;
  switch (moment.kind) {
    case 'live':
      return { refused: 'This is what is live: select a state to go to.' };
    case 'baseline':
      return { argv: ['reset', ...flags] };
    case 'snapshot':
      return { argv: ['snapshot', 'restore', moment.copy.label, ...flags] };
    case 'undo':
      return moment.steps === 1 ? { argv: ['undo', ...flags] } : stepwise('U', entry, moment.steps);
    case 'redo':
      return moment.steps === 1 ? { argv: ['redo', ...flags] } : stepwise('ctrl+r', entry, moment.steps);
    default:
      return moment satisfies never;
  }
}

export function compare(entry: Entry | null): Deed {
  return entry?.moment.kind === 'snapshot'
    ? { argv: ['snapshot', 'diff', entry.moment.copy.label, ...entry.flags] }
    : { refused: 'A snapshot can be compared with what is live: select one.' };
}

export function remove(entry: Entry | null): Deed {
  if (entry?.moment.kind !== 'snapshot')
    return { refused: 'A snapshot can be removed: select one. What is beyond the ring goes by itself.' };
  const name = entry.moment.copy.label;
  const of = entry.flags.length === 0 ? '' : ` of ${entry.of.database} on ${entry.of.service}`;
  return { argv: ['snapshot', 'rm', name, ...entry.flags], question: aboutRemoval(`${name}${of}`) };
}

function aboutRemoval(name: string): Question {
  const choices = [
    { key: 'y', label: 'remove' },
    { key: 'n', label: 'keep' },
  ];
  return {
    id: 'remove-snapshot',
    text: `Remove the snapshot ${name}? It can't be brought back.`,
    choices,
    fallback: 'n',
  };
}

/** The key is of all databases: of several one is led there by its own lines. */
function stepwise(key: string, { flags }: Entry, steps: number): Deed {
  const how = flags.length === 0 ? `press ${key} ${steps} times` : 'go to the nearer ones first';
  return { refused: `It is ${steps} steps away: ${how}.` };
}

/** Of several databases it is asked whether all are meant, as by the verb without a name. */
export function reset(usual: readonly DatabaseState[], entry: Entry | null): Deed {
  if (usual.length < 2) return { argv: ['reset'] };
  const one = entry?.of.usual ? entry.of.service : null;
  const names = usual.map(({ service }) => service);
  const question: Question = {
    id: 'reset-which',
    text: `Reset ${names.join(', ')}?`,
    choices: [
      { key: 'a', label: 'all' },
      ...(one === null ? [] : [{ key: 'o', label: `only ${one}` }]),
      { key: 'n', label: 'cancel' },
    ],
    fallback: 'n',
  };
  return { question, runs: { a: ['reset'], ...(one === null ? {} : { o: ['reset', '--service', one] }) } };
}

/** As it would be typed. */
export function commandOf(argv: readonly string[]): string {
  return `devenv ${argv.join(' ')}`;
}
