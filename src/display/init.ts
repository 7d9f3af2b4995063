import { table } from './words.ts';

/** Where something was seen, and what it stands for. */
interface Seen {
  readonly what: string;
  readonly file?: string;
  readonly line?: number;
}

/** Each part of a configuration with what it is based on; a part that has several is named once. */
export function basisTable(basis: readonly (Seen & { readonly path: string })[]): string {
  const rows = basis.map((one, index) => [
    `  ${basis[index - 1]?.path === one.path ? '' : one.path}`,
    placeOf(one),
    oneLine(one.what),
  ]);
  return table(rows);
}

export function formatNote({ text, evidence }: { readonly text: string; readonly evidence: Seen }): string {
  return [placeOf(evidence), `${oneLine(evidence.what)}: ${oneLine(text)}`].filter((part) => part !== '').join('  ');
}

function placeOf({ file, line }: Seen): string {
  if (file === undefined) return '-';
  return oneLine(line === undefined ? file : `${file}:${line}`);
}

/** What comes from somebody's files can't move the cursor. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
