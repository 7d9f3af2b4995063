import { distance } from 'fastest-levenshtein';

/** The candidate that was probably meant: at most a third of its letters, and always up to two, may differ. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly differs: number } | undefined;
  for (const candidate of candidates) {
    const differs = distance(word.toLowerCase(), candidate.toLowerCase());
    if (differs > allowed(candidate) || (differs >= word.length && letters(word) !== letters(candidate))) continue;
    if (!best || differs < best.differs) best = { candidate, differs };
  }
  return best?.candidate;
}

/** `bd` for `db`: nothing stands where it should, and yet it is plain what was meant. */
function letters(word: string): string {
  return [...word].sort().join('');
}

/** Long words are not compared: the distance costs the product of both lengths. */
function allowed(candidate: string): number {
  return candidate.length > 100 ? -1 : Math.max(2, Math.floor(candidate.length / 3));
}
