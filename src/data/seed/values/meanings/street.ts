import type { Draws } from '../../../../lib/draws.ts';
import { type Words, wordList } from '../word-lists.ts';

/** `#` becomes a digit, `?` a capital letter. */
export function filled(pattern: string, draws: Draws): string {
  let text = '';
  for (const sign of pattern) {
    text += sign === '#' ? String(draws.below(10)) : sign === '?' ? 'ABCDEFGHJKLMNPRSTUVWXY'[draws.below(22)] : sign;
  }
  return text;
}

/** Numbers go up to 200; where a country puts them, faker's pattern says. */
export function streetOf(words: Words): (draws: Draws) => string {
  const names = wordList(words, 'location', 'street_name');
  const last = wordList(words, 'person', 'last_name', 'generic');
  const suffixes = wordList(words, 'location', 'street_suffix');
  const prefixes = wordList(words, 'location', 'street_prefix');
  const shape = (words.location?.street_address as { normal?: string } | undefined)?.normal ?? '';
  const before = shape.indexOf('buildingNumber') < shape.indexOf('location.street}}');
  const english = names[0] === '10th Street' && words.metadata?.language !== 'en';
  const name = (draws: Draws): string => {
    if (names.length > 0 && !english) return draws.pick(names);
    if (prefixes.length > 0) return `${draws.pick(prefixes)} ${draws.pick(last.length > 0 ? last : suffixes)}`;
    return `${draws.pick(last.length > 0 ? last : ['Main'])} ${draws.pick(suffixes.length > 0 ? suffixes : ['Street'])}`;
  };
  return (draws) => {
    const street = name(draws);
    const number = 1 + Math.floor(draws.unit() * draws.unit() * 200);
    return before ? `${number} ${street}` : `${street} ${number}`;
  };
}
