/** faker's definitions of one language: categories, in them lists and what is made of lists. */
export type Words = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A list of texts; an empty one where the locale has none or something else is there. */
export function wordList(words: Words, category: string, name: string, part?: string): readonly string[] {
  const found = words[category]?.[name];
  const list = part === undefined ? found : (found as Readonly<Record<string, unknown>> | undefined)?.[part];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
