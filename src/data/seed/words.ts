const IRREGULAR: Readonly<Record<string, string>> = {
  ...{ people: 'person', children: 'child', men: 'man', women: 'woman', media: 'medium', movies: 'movie' },
  ...{ news: 'news', series: 'series', caches: 'cache', data: 'data' },
};

/** The words of a name such as `orderItems`, `order_items` or `Order Items`: lower case and singular. */
export function wordsOf(name: string): readonly string[] {
  return spokenWords(name).map(singular);
}

/** The same as they stand there: `likes` are something else than a `like`. */
export function spokenWords(name: string): readonly string[] {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return spaced
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function singular(word: string): string {
  const known = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (known !== undefined) return known;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && !/[aeiou]is$|[^aeiou]is$/.test(word) ? word.slice(0, -1) : word;
}

/** Whether two names are the same but for how words are separated, their case and number. */
export function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.join('') === right.join('');
}

/** Whether a name ends with the words of another one, as `shop_orders` does with `order`. */
export function endsWith(words: readonly string[], end: readonly string[]): boolean {
  return words.length > end.length && isSame(words.slice(-end.length), end);
}
