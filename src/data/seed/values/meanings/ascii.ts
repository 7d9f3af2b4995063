const known = new Map<string, string>();
const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
/** German takes two letters for one; elsewhere the dots go. */
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** Small letters a–z and digits, anything else a hyphen; empty where nothing of the text is Latin. Kept for words. */
export function ascii(text: string, joint = '-'): string {
  const kept = text.length <= 24 && joint === '-';
  const found = kept ? known.get(text) : undefined;
  if (found !== undefined) return found;
  const made = text
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => UMLAUTS[letter] as string)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => SPECIAL[letter] as string)
    .replace(/['’]/g, '')
    .replace(/[^a-z\d]+/g, joint)
    .replace(/^[-_.]+|[-_.]+$/g, '');
  if (kept && known.size < 50_000) known.set(text, made);
  return made;
}
