import { spokenWords, wordsOf } from '../../words.ts';
import { NAMES } from './names.ts';

export type MeaningName = keyof typeof NAMES;

const BY_NAME: ReadonlyMap<string, MeaningName> = new Map(
  Object.entries(NAMES).flatMap(([meaning, names]) => names.split(' ').map((name) => [name, meaning as MeaningName])),
);

/** A meaning, and the words that stand before it and tell several of them in one table apart (`billing` in `billing_city`). */
export interface Match {
  readonly meaning: MeaningName;
  readonly group: string;
}

/** By the end of a name; null where nothing of it is known. `subject` is what the table holds, such as `user`. */
export function matchName(name: string, subject: string): Match | null {
  const words = spokenWords(name);
  for (let start = 0; start < words.length; start += 1) {
    const meaning = BY_NAME.get(words.slice(start).join('_'));
    if (!meaning) continue;
    const before = words.slice(0, start).filter((word) => !subject.split('_').includes(word));
    return { meaning, group: before.join('_') };
  }
  return null;
}

/** The first meaning of more than one word, or of an unmistakable one, that a comment names. */
export function matchComment(comment: string): MeaningName | null {
  const words = spokenWords(comment.slice(0, 200));
  for (let size = 3; size >= 1; size -= 1) {
    for (let start = 0; start + size <= words.length; start += 1) {
      const found = BY_NAME.get(words.slice(start, start + size).join('_'));
      if (found && (size > 1 || words.length === 1 || CLEAR.has(found))) return found;
    }
  }
  return null;
}

const CLEAR = new Set<MeaningName>(
  'email phone url city country postcode iban ean isbn sku slug currency latitude longitude timezone username'.split(
    ' ',
  ) as MeaningName[],
);

/** For `like:` and for what is said where it names none. */
export const MEANING_WORDS: readonly string[] = [...BY_NAME.keys()];

/** What a table holds, in singular: `order_item` of `order_items`. */
export function subjectOf(table: string): string {
  return wordsOf(table).join('_');
}
