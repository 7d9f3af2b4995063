import { nearest } from './nearest.ts';

/** `; did you mean \`postgres\`? known: postgres, redis`, or less where there is less to say. */
export function suggestion(
  word: string,
  candidates: readonly string[],
  options: { readonly list?: boolean } = {},
): string {
  const found = nearest(word.slice(0, 100), candidates);
  const meant = found === undefined ? '' : `; did you mean \`${found}\`?`;
  if (candidates.length === 0 || (found !== undefined && !options.list)) return meant;
  return `${meant === '' ? ';' : meant} known: ${candidates.join(', ')}`;
}
