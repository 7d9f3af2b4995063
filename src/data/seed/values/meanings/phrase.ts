import type { Draws } from '../../../../lib/draws.ts';
import { permutation } from '../../permutation.ts';
import type { TextList, Wording } from '../text.ts';

/** Words of several lists one behind the other: `Awesome Cotton Chair`. All combinations differ, so they can be counted. */
export function phrase(lists: readonly (readonly string[])[], salt: string, joint = ' '): Wording {
  const draw = (draws: Draws) => {
    let text = draws.pick(lists[0] as readonly string[]);
    for (let index = 1; index < lists.length; index += 1) text += joint + draws.pick(lists[index] as readonly string[]);
    return text;
  };
  return { draw, list: combinations(lists, salt, joint) };
}

const known = new WeakMap<readonly string[], Map<string, readonly string[]>>();

/** A word with the joint in it could stand for two, and is left out, as is one that ends in a digit. Made once for a list. */
function plainWords(list: readonly string[], joint: string): readonly string[] {
  const byJoint = known.get(list) ?? new Map<string, readonly string[]>();
  known.set(list, byJoint);
  const found = byJoint.get(joint) ?? withoutJoint(list, joint);
  byJoint.set(joint, found);
  return found;
}

function withoutJoint(list: readonly string[], joint: string): readonly string[] {
  const words = new Map(list.map((word) => [word.toLowerCase(), word]));
  return [...words.values()].filter((word) => !/[\d\s]$|^\s/.test(word) && !word.includes(joint));
}

function combinations(lists: readonly (readonly string[])[], salt: string, joint: string): TextList {
  const plain = lists.map((list) => plainWords(list, joint));
  const size = plain.reduce((product, list) => product * list.length, 1);
  const scattered = permutation(size, salt);
  const longest = plain.reduce(
    (sum, list) => sum + Math.max(0, ...list.map((word) => word.length)) + joint.length,
    -joint.length,
  );
  const at = (index: number) => {
    let rest = scattered(index);
    return plain
      .map((list) => {
        const word = list[rest % list.length] as string;
        rest = Math.floor(rest / list.length);
        return word;
      })
      .join(joint);
  };
  return { size, longest, at };
}
