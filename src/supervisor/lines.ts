/** Of a line without an end: what is longer is cut, so that memory stays bounded. */
export const MAX_LINE_BYTES = 64 * 1024;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts a byte stream into lines. Works on bytes, so a character whose bytes come in two chunks stays whole; bytes that
 * are no UTF-8 become U+FFFD.
 */
export class LineSplitter {
  readonly #limit: number;
  #rest: Buffer = Buffer.alloc(0);

  constructor(limit: number = MAX_LINE_BYTES) {
    this.#limit = limit;
  }

  push(chunk: Buffer): string[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const lines: string[] = [];
    let start = 0;
    for (;;) {
      const newline = bytes.indexOf(NEWLINE, start);
      start = this.#cut(bytes, start, newline < 0 ? bytes.length : newline, lines);
      if (newline < 0) break;
      lines.push(decode(bytes, start, newline));
      start = newline + 1;
    }
    // A copy: a slice would keep the whole chunk in memory.
    this.#rest = Buffer.from(bytes.subarray(start));
    return lines;
  }

  /** The last line, when it has no end. */
  flush(): string[] {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest.length === 0 ? [] : [decode(rest, 0, rest.length)];
  }

  /** Takes full lengths off a line that is too long; returns where the remainder starts. */
  #cut(bytes: Buffer, from: number, end: number, lines: string[]): number {
    let start = from;
    while (end - start > this.#limit) {
      const cut = characterStart(bytes, start + this.#limit);
      lines.push(decode(bytes, start, cut));
      start = cut;
    }
    return start;
  }
}

/** The nearest place at or before `at` where a character of UTF-8 begins; continuation bytes are 10xxxxxx. */
function characterStart(bytes: Buffer, at: number): number {
  for (let back = 0; back < 4; back++) {
    if (((bytes[at - back] ?? 0) & 0xc0) !== 0x80) return at - back;
  }
  return at;
}

function decode(bytes: Buffer, start: number, end: number): string {
  const last = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  return bytes.toString('utf8', start, last);
}
