/** Something that a text says, with where it stands, in UTF-16 units. */
export interface Fact<T = string> {
  readonly value: T;
  readonly at: number;
  readonly end: number;
  /** The words before it in its clause, lower case, the nearest first: "due" of "total 5 EUR, due 2025-04-03". */
  readonly label: readonly string[];
}

/** How many characters are looked back for a label, and how many words it has. */
const BACK = 48;
const LABEL_WORDS = 3;

export function factAt<T>(text: string, value: T, at: number, length: number): Fact<T> {
  return { value, at, end: at + length, label: labelBefore(text, at) };
}

export function labelBefore(text: string, at: number): string[] {
  const before = text.slice(Math.max(0, at - BACK), at).replace(/[\s:#(="'“-]{1,8}$/, '');
  const clause = before.slice(before.search(/[^.,;:!?()\n]*$/));
  return (clause.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? []).reverse().slice(0, LABEL_WORDS);
}

/** The places of a text that one reader has taken, so that another doesn't read them as something else. */
export class Taken {
  readonly #marks: Uint8Array;

  constructor(text: string) {
    this.#marks = new Uint8Array(text.length);
  }

  /** Those facts that stand where nothing was taken; their places are taken now. */
  claim<T extends Fact<unknown>>(facts: readonly T[]): T[] {
    return facts.filter(({ at, end }) => {
      if (this.#marks.subarray(at, end).includes(1)) return false;
      this.#marks.fill(1, at, end);
      return true;
    });
  }
}
