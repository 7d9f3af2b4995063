import type { Question } from '../../../core/events.ts';
import type { Deed } from '../../keys/deed.ts';
import type { Entry } from './moments.ts';

/** The states that can be gone to, compared or removed, each by the verb that does the same. */

const NOTHING = { refused: 'Nothing is selected: what is there has not been read yet.' };

/** The selected state becomes what is live; undo takes that back. */
export function goTo(entry: Entry | null): Deed {
  if (!entry) return NOTHING;
  if (!entry.of.usual) return unusual(entry);
  const { moment } = entry;
  switch (moment.kind) {
    case 'live':
      return { refused: 'This is what is live: select a state to go to.' };
    case 'baseline':
      return { argv: ['reset'] };
    case 'snapshot':
      return { argv: ['snapshot', 'restore', moment.copy.label] };
    case 'undo':
      return moment.steps === 1 ? { argv: ['undo'] } : stepwise('U', moment.steps);
    case 'redo':
      return moment.steps === 1 ? { argv: ['redo'] } : stepwise('ctrl+r', moment.steps);
    default:
      return moment satisfies never;
  }
}

export function compare(entry: Entry | null): Deed {
  return entry?.moment.kind === 'snapshot' && entry.of.usual
    ? { argv: ['snapshot', 'diff', entry.moment.copy.label] }
    : { refused: 'A snapshot can be compared with what is live: select one.' };
}

export function remove(entry: Entry | null): Deed {
  if (entry?.moment.kind !== 'snapshot' || !entry.of.usual)
    return { refused: 'A snapshot can be removed: select one. What is beyond the ring goes by itself.' };
  const name = entry.moment.copy.label;
  return { argv: ['snapshot', 'rm', name], question: aboutRemoval(name) };
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

function stepwise(key: string, steps: number): Deed {
  return { refused: `It is ${steps} steps away: press ${key} ${steps} times.` };
}

function unusual({ of }: Entry): Deed {
  return { refused: `reset, undo and snapshots are about data.service; ${of.service} is another one.` };
}

/** As it would be typed. */
export function commandOf(argv: readonly string[]): string {
  return `devenv ${argv.join(' ')}`;
}
