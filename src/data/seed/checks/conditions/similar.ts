/** A pattern of SIMILAR TO as a regular expression; what similar_to_escape of Postgres does. */
export function fromSimilar(pattern: string, sign: string): string {
  let result = '';
  let inBrackets = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] as string;
    if (character === sign && at + 1 < pattern.length) {
      at += 1;
      result += `\\${pattern[at]}`;
    } else if (inBrackets) {
      inBrackets = character !== ']';
      result += character === '\\' ? '\\\\' : character;
    } else {
      inBrackets = character === '[';
      result += SIGNS[character] ?? character;
    }
  }
  return `^(?:${result})$`;
}

const SIGNS: Readonly<Record<string, string>> = { '%': '.*', _: '.', '.': '\\.', '^': '\\^', $: '\\$', '\\': '\\\\' };
