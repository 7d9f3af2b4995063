import type { Draws } from '../../../../lib/draws.ts';
import type { Machine } from './machine.ts';

/** Counts end here: beyond it a number isn't exact. */
export const MANY = Number.MAX_SAFE_INTEGER;

/** How many texts of a length lead from a state to an end, by length and state. No more than MANY. */
export type Counts = readonly (readonly number[])[];

export function countsOf({ classes, next, accepts }: Machine, longest: number): Counts {
  const counts: number[][] = [accepts.map((accept) => (accept ? 1 : 0))];
  for (let length = 1; length <= longest; length += 1) {
    const shorter = counts[length - 1] as readonly number[];
    counts.push(
      next.map((row) => {
        let sum = 0;
        for (const [at, to] of row.entries()) if (to >= 0) sum += (classes[at]?.length ?? 0) * (shorter[to] ?? 0);
        return Math.min(sum, MANY);
      }),
    );
  }
  return counts;
}

/** One of the texts of this length, which has to have one; all are about equally likely. */
export function drawnText(machine: Machine, counts: Counts, length: number, draws: Draws): string {
  let state = 0;
  let text = '';
  for (let left = length; left > 0; left -= 1) {
    const row = machine.next[state] as readonly number[];
    const shorter = counts[left - 1] as readonly number[];
    const shares = row.map((to, at) => (to < 0 ? 0 : (machine.classes[at]?.length ?? 0) * (shorter[to] ?? 0)));
    let drawn = draws.unit() * shares.reduce((sum, share) => sum + share, 0);
    const at = shares.findIndex((share) => {
      drawn -= share;
      return drawn < 0;
    });
    text += draws.pick(machine.classes[at] ?? ['']);
    state = row[at] as number;
  }
  return text;
}

/** The text of this length with that number, from 0 up to, not including, what `counts` says. */
export function numberedText(machine: Machine, counts: Counts, length: number, number: number): string {
  let state = 0;
  let text = '';
  let rest = number;
  for (let left = length; left > 0; left -= 1) {
    const row = machine.next[state] as readonly number[];
    const shorter = counts[left - 1] as readonly number[];
    for (const [at, characters] of machine.classes.entries()) {
      const each = row[at] === undefined || row[at] < 0 ? 0 : (shorter[row[at]] ?? 0);
      if (rest >= each * characters.length) {
        rest -= each * characters.length;
        continue;
      }
      text += characters[Math.floor(rest / each)] ?? '';
      rest %= each;
      state = row[at] as number;
      break;
    }
  }
  return text;
}
