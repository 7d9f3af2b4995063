import { createHash } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Letters and digits that follow from the parts alone. */
export function mixed(length: number, ...parts: readonly (string | number)[]): string {
  let text = '';
  for (let block = 0; text.length < length; block++) {
    const digest = createHash('sha256')
      .update(`${parts.join(':')}:${block}`)
      .digest();
    for (const byte of digest) text += LETTERS[byte % LETTERS.length];
  }
  return text.slice(0, length);
}

/** As long as Stripe's own; all others have 24 letters behind the prefix. */
const LENGTHS: Readonly<Record<string, number>> = {
  cus: 14,
  prod: 14,
  req: 14,
  cs_test: 58,
  whsec: 32,
  txn: 24,
  in: 24,
};

export function makeId(seed: string, serial: number, prefix: string): string {
  return `${prefix}_${mixed(LENGTHS[prefix] ?? 24, seed, serial, prefix)}`;
}
