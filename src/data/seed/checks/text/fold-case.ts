import { type Machine, subsets } from './machine.ts';

/** The same texts in small letters, each once: those that differ in upper or lower case alone are one. */
export interface Folded {
  readonly machine: Machine;
  /** A text that gives this one in small letters. */
  unfolded(text: string): string;
}

export function foldedCase(machine: Machine): Folded {
  const variants = new Map<string, { character: string; at: number }[]>();
  for (const [at, characters] of machine.classes.entries()) {
    for (const character of characters) {
      const small = character.toLowerCase();
      variants.set(small, [...(variants.get(small) ?? []), { character, at }]);
    }
  }
  const folded = subsets(
    [[0]],
    alike(variants),
    ([states = []], [small = '']) => {
      const places = (variants.get(small) ?? []).map(({ at }) => at);
      const next = new Set(states.flatMap((state) => places.map((at) => machine.next[state]?.[at] ?? -1)));
      next.delete(-1);
      return next.size > 0 ? [[...next].sort((a, b) => a - b)] : null;
    },
    ([states = []]) => states.some((state) => machine.accepts[state]),
  );
  return { machine: folded, unfolded: (text) => unfolded(machine, variants, text) };
}

type Variants = ReadonlyMap<string, readonly { readonly character: string; readonly at: number }[]>;

/** Characters whose variants lead the same ways. */
function alike(variants: Variants): readonly (readonly string[])[] {
  const classes = new Map<string, string[]>();
  for (const [small, places] of variants) {
    const key = [...new Set(places.map(({ at }) => at))].sort().join();
    classes.set(key, [...(classes.get(key) ?? []), small]);
  }
  return [...classes.values()];
}

/** Forward to all states that the letters can lead to, then back along one way that ends well. */
function unfolded(machine: Machine, variants: Variants, text: string): string {
  const letters = [...text];
  const reached: (readonly number[])[] = [[0]];
  const stepsFrom = (state: number, letter: string) =>
    (variants.get(letter) ?? []).flatMap(({ character, at }) => {
      const to = machine.next[state]?.[at] ?? -1;
      return to < 0 ? [] : [{ character, to }];
    });
  for (const [place, letter] of letters.entries()) {
    const next = (reached[place] ?? []).flatMap((state) => stepsFrom(state, letter).map(({ to }) => to));
    reached.push([...new Set(next)]);
  }
  let state = (reached.at(-1) ?? []).find((last) => machine.accepts[last]) ?? 0;
  let result = '';
  for (let place = letters.length - 1; place >= 0; place -= 1) {
    for (const from of reached[place] ?? []) {
      const found = stepsFrom(from, letters[place] ?? '').find(({ to }) => to === state);
      if (!found) continue;
      result = found.character + result;
      state = from;
      break;
    }
  }
  return result;
}
