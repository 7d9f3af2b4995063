import type { Facts } from './facts.ts';

/** What stands before a line of a list. */
export const BULLET = /^\s{0,8}(?:[-*•–]|\d{1,2}[.)])\s+/;
const MOST = 50;

/** Parts of a text of which each is about one thing, by how the text sets them apart. */
export interface Segments {
  /** Lines of a list. */
  readonly lines: readonly string[];
  /** From one counted thing to the next: "2 mugs", "3 teapots". */
  readonly counted: readonly string[];
  /** From one person to the next. */
  readonly people: readonly string[];
}

export function segmentsOf(text: string, { amounts, names }: Facts): Segments {
  const lines = text.split('\n').filter((line) => BULLET.test(line));
  const counted = amounts.filter(
    ({ unit, currency, label }) => unit.length > 0 && currency === null && !/^(?:at|for)$/.test(label[0] ?? ''),
  );
  return {
    lines: lines.length > 1 ? lines.map((line) => line.replace(BULLET, '')).slice(0, MOST) : [],
    counted: cut(text, counted),
    people: cut(
      text,
      names.filter(({ kind }) => kind === 'person'),
    ),
  };
}

function cut(text: string, facts: readonly { readonly at: number }[]): string[] {
  return facts.slice(0, MOST).map(({ at }, index) => text.slice(at, facts[index + 1]?.at ?? undefined));
}
