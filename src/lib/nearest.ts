import { distance } from 'fastest-levenshtein';

/** The name that was probably meant: at most a third of its letters differ. */
export function nearest(given: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, far: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= Math.max(1, Math.ceil(best.name.length / 3)) ? best.name : null;
}
