/**
 * What a provider sends, with the minted key wherever it repeats the real one, also where two chunks meet. Keys are
 * ASCII: bytes are taken for characters and come out as they were.
 */
export class WithoutKey {
  readonly #key: string;
  readonly #minted: string;
  #held = '';

  constructor(key: string, minted: string) {
    this.#key = key;
    this.#minted = minted;
  }

  push(chunk: Buffer): Buffer {
    const text = (this.#held + chunk.toString('latin1')).replaceAll(this.#key, this.#minted);
    const held = this.#beginning(text);
    this.#held = text.slice(text.length - held);
    return Buffer.from(text.slice(0, text.length - held), 'latin1');
  }

  end(): Buffer {
    const rest = Buffer.from(this.#held, 'latin1');
    this.#held = '';
    return rest;
  }

  /** How many characters at the end could be the first ones of the key. */
  #beginning(text: string): number {
    for (let length = Math.min(this.#key.length - 1, text.length); length > 0; length--) {
      if (text.endsWith(this.#key.slice(0, length))) return length;
    }
    return 0;
  }
}

/** A provider shows of a key that it doesn't know the first and last characters: `sk-proj-****1234`. */
const MASKED = /[srp]k[-_][\w-]*\*{2,}[\w*-]*/g;

export function withoutMaskedKeys(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(MASKED, '[redacted]'), 'latin1');
}
