/** A pattern of LIKE in the words of JavaScript: the whole text, % any, _ one character, \ takes the next one as it is. */
export function fromLike(pattern: string): string {
  let result = '';
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] as string;
    if (character === '\\') {
      at += 1;
      result += literal(characters[at] ?? '');
    } else {
      result += character === '%' ? '.*' : character === '_' ? '.' : literal(character);
    }
  }
  return `^${result}$`;
}

/** A character that means itself, also to JavaScript with the flag `u`. */
export function literal(character: string): string {
  return /^[\^$\\.*+?()[\]{}|/]$/.test(character) ? `\\${character}` : character;
}
