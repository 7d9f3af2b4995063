/** faker's definitions of one language: categories, in them lists and what is made of lists. */
export type Words = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A list of texts; an empty one where the locale has none or something else is there. */
export function wordList(words: Words, category: string, name: string, part?: string): readonly string[] {
  return remembered(words, `${category}.${name}.${part ?? ''}`, () => readList(words, category, name, part));
}

const known = new WeakMap<Words, Map<string, readonly string[]>>();

/** A list that is made of those of a language, made once: many columns need the same ones. `key` names it. */
export function remembered(words: Words, key: string, make: () => readonly string[]): readonly string[] {
  const lists = known.get(words) ?? new Map<string, readonly string[]>();
  known.set(words, lists);
  const list = lists.get(key) ?? make();
  lists.set(key, list);
  return list;
}

function readList(words: Words, category: string, name: string, part: string | undefined): readonly string[] {
  const found = words[category]?.[name];
  const list = part === undefined ? found : (found as Readonly<Record<string, unknown>> | undefined)?.[part];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
