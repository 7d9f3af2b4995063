import { type Edge, type Nfa, TooLarge } from './nfa.ts';

/** Texts that fit several patterns at once, as one deterministic automaton; it begins at state 0. */
export interface Machine {
  /** Characters that lead to the same states everywhere. */
  readonly classes: readonly (readonly string[])[];
  /** By state and class: the next state, or -1. */
  readonly next: readonly (readonly number[])[];
  readonly accepts: readonly boolean[];
}

export interface Wanted {
  readonly nfa: Nfa;
  /** Texts that it accepts are not wanted. */
  readonly negated: boolean;
}

const LARGEST = 3000;

/** The product of the patterns by subset construction. */
export function machineOf(wanted: readonly Wanted[], alphabet: readonly string[]): Machine {
  const classes = classesOf(wanted, alphabet);
  const takes = takenBy(wanted, classes);
  return subsets(
    wanted.map(({ nfa }) => closure(nfa, [0], ['empty', 'start'])),
    classes,
    (sets, [character = '']) => {
      const next = sets.map((set, at) => step((wanted[at] as Wanted).nfa, set, character, takes));
      return next.some((set, at) => set.length === 0 && !wanted[at]?.negated) ? null : next;
    },
    (sets, first) => wanted.every(({ nfa, negated }, at) => ends(nfa, sets[at] ?? [], first) !== negated),
  );
}

function ends(nfa: Nfa, set: readonly number[], first: boolean): boolean {
  return closure(nfa, set, first ? ['empty', 'end', 'start'] : ['empty', 'end']).includes(nfa.accept);
}

type Sets = readonly (readonly number[])[];

/** All states that can be reached, each a set of states of what it is made from. `null`: nothing can come of it. */
export function subsets(
  begin: Sets,
  classes: Machine['classes'],
  follow: (sets: Sets, characters: readonly string[]) => Sets | null,
  accepting: (sets: Sets, first: boolean) => boolean,
): Machine {
  const found: Sets[] = [];
  const numbers = new Map<string, number>();
  // The first state is one of its own: only there `^` is passed, also when the text ends at once.
  const numberOf = (sets: Sets): number => {
    const key = found.length === 0 ? 'first' : JSON.stringify(sets);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (found.length >= LARGEST) throw new TooLarge('patterns that are too large');
    numbers.set(key, found.length);
    return found.push(sets) - 1;
  };
  numberOf(begin);
  const next: number[][] = [];
  for (let state = 0; state < found.length; state += 1) {
    next.push(
      classes.map((characters) => {
        const sets = follow(found[state] as Sets, characters);
        return sets === null ? -1 : numberOf(sets);
      }),
    );
  }
  return { classes, next, accepts: found.map((sets, state) => accepting(sets, state === 0)) };
}

type Takes = ReadonlyMap<RegExp, ReadonlySet<string>>;

/** Of each class the first character stands for all; asked once, not at every state. */
function takenBy(wanted: readonly Wanted[], classes: Machine['classes']): Takes {
  const heads = classes.map(([first = '']) => first);
  return new Map(expressionsOf(wanted).map((one) => [one, new Set(heads.filter((head) => one.test(head)))]));
}

function expressionsOf(wanted: readonly Wanted[]): readonly RegExp[] {
  return [...new Set(wanted.flatMap(({ nfa }) => nfa.edges.flatMap((edges) => edges.flatMap(({ one }) => one ?? []))))];
}

function step(nfa: Nfa, set: readonly number[], character: string, takes: Takes): readonly number[] {
  const reached = set.flatMap((state) =>
    (nfa.edges[state] ?? []).flatMap(({ one, to }) => (one && takes.get(one)?.has(character) ? [to] : [])),
  );
  return closure(nfa, reached, ['empty']);
}

function closure(nfa: Nfa, states: readonly number[], kinds: readonly Edge['kind'][]): readonly number[] {
  const reached = new Set(states);
  for (const state of reached) {
    for (const edge of nfa.edges[state] ?? []) if (kinds.includes(edge.kind)) reached.add(edge.to);
  }
  return [...reached].sort((a, b) => a - b);
}

function classesOf(wanted: readonly Wanted[], alphabet: readonly string[]): Machine['classes'] {
  const sets = expressionsOf(wanted);
  const classes = new Map<string, string[]>();
  for (const character of alphabet) {
    const key = sets.map((one) => (one.test(character) ? 1 : 0)).join('');
    const alike = classes.get(key);
    if (alike) alike.push(character);
    else classes.set(key, [character]);
  }
  return [...classes.values()];
}
