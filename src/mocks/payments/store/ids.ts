const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Letters and digits that follow from the parts alone. They only have to differ: nothing is secret about them. */
export function mixed(length: number, ...parts: readonly (string | number)[]): string {
  const next = sfc32(parts.join(':'));
  let text = '';
  while (text.length < length) text += LETTERS[next() % LETTERS.length];
  return text;
}

/** The small fast counting generator of PractRand (public domain), begun with four FNV-1a hashes of a text. */
function sfc32(text: string): () => number {
  let [a, b, c, counter] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((basis) => fnv1a(text, basis)) as [
    number,
    number,
    number,
    number,
  ];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let place = 0; place < text.length; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash;
}

/** As long as Stripe's own; all others have 24 letters behind the prefix. */
const LENGTHS: Readonly<Record<string, number>> = { cus: 14, prod: 14, cs_test: 58, whsec: 32 };

export function makeId(seed: string, serial: number, prefix: string): string {
  return `${prefix}_${mixed(LENGTHS[prefix] ?? 24, seed, serial, prefix)}`;
}
