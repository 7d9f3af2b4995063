import { parse } from 'dotenv';

export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** From 1: where the name stands, also when the value goes on for lines. */
  readonly line: number;
}

/** dotenv's own expression for one entry (motdotla/dotenv, lib/main.js): it tells no lines, so the text is cut here. */
const ENTRY =
  /(?:^|^)\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/gm;

/** The entries in the order of the file; of a name that is given twice the later one counts. */
export function parseDotenv(text: string): readonly DotenvEntry[] {
  const lines = text.replace(/\r\n?/g, '\n');
  let line = 1;
  let counted = 0;
  return [...lines.matchAll(ENTRY)].flatMap((match) => {
    const name = match[1] ?? '';
    const start = match.index + match[0].indexOf(name);
    line += lines.slice(counted, start).split('\n').length - 1;
    counted = start;
    const parsed = parse(match[0]);
    return Object.hasOwn(parsed, name) ? [{ name, value: parsed[name] ?? '', line }] : [];
  });
}
