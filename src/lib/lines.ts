/** Of a line without an end: what is longer is cut, so that memory stays bounded. */
export const MAX_LINE_BYTES = 64 * 1024;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const NOTHING = Buffer.alloc(0);

interface Span {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a byte stream into lines. Works on bytes, so a character whose bytes come in two chunks stays whole; bytes that
 * are no UTF-8 become U+FFFD.
 */
export class LineSplitter {
  readonly #limit: number;
  #rest: Buffer = NOTHING;

  constructor(limit: number = MAX_LINE_BYTES) {
    this.#limit = limit;
  }

  push(chunk: Buffer): string[] {
    return [...this.lines(chunk)];
  }

  /** The same one by one, for whoever needs each only once; to be read to its end. */
  *lines(chunk: Buffer): Generator<string> {
    for (let start = 0; ; ) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline < 0 ? chunk.length : newline;
      // Only the line that began before is copied: copies of whole chunks pile up until memory is cleaned up.
      const begun = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk.subarray(start, end)]) : null;
      const line: Span = begun ? { bytes: begun, start: 0, end: begun.length } : { bytes: chunk, start, end };
      const last = yield* this.#cut(line);
      // A copy: a slice would keep the whole chunk in memory.
      this.#rest = newline < 0 ? Buffer.from(line.bytes.subarray(last, line.end)) : NOTHING;
      if (newline < 0) return;
      yield decode(line.bytes, last, line.end);
      start = newline + 1;
    }
  }

  /** The last line, when it has no end. */
  flush(): string[] {
    const rest = this.#rest;
    this.#rest = NOTHING;
    return rest.length === 0 ? [] : [decode(rest, 0, rest.length)];
  }

  /** Takes full lengths off a line that is too long; returns where the remainder starts. */
  *#cut({ bytes, start, end }: Span): Generator<string, number> {
    let at = start;
    while (end - at > this.#limit) {
      const cut = characterStart(bytes, at + this.#limit);
      yield decode(bytes, at, cut);
      at = cut;
    }
    return at;
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
