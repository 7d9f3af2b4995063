/** The Redis protocol (RESP2): https://redis.io/docs/latest/develop/reference/protocol-spec/ */
export type Word = string | Buffer;

/** The name of a command and its arguments. */
export type Command = readonly Word[];

export type Reply = Buffer | string | number | null | ReplyError | readonly Reply[];

/** What Redis refuses, in its own words. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
}

/** Bytes in one piece. */
const PIECE = 262_144;
/** From here on bytes are sent as they are, instead of being copied once more. */
const LARGE = 16_384;
/** Up to here it takes less time to write a text's letters one by one than to ask for it. */
const SHORT = 256;
/** `*` or `$`, digits, and an end of line. */
const HEADER = 16;
const [CR, LF] = [13, 10];

/** Commands as pieces to send one after the other: one large write is faster than many, and takes bounded memory. */
export function* encode(commands: readonly Command[]): Iterable<Buffer> {
  const writer = new PieceWriter();
  for (const command of commands) {
    if (writer.room < HEADER) yield writer.take();
    writer.header('*', command.length);
    for (const word of command) {
      const most = typeof word === 'string' ? 3 * word.length : word.length;
      if (most >= LARGE) {
        const bytes = typeof word === 'string' ? Buffer.from(word) : word;
        if (writer.room < HEADER) yield writer.take();
        writer.header('$', bytes.length);
        yield writer.take();
        yield bytes;
        writer.end();
      } else {
        if (writer.room < most + 2 * HEADER) yield writer.take();
        if (typeof word === 'string') writer.text(word);
        else writer.bytes(word);
      }
    }
  }
  const last = writer.take();
  if (last.length > 0) yield last;
}

class PieceWriter {
  #piece = Buffer.allocUnsafe(PIECE);
  #at = 0;

  get room(): number {
    return PIECE - this.#at;
  }

  take(): Buffer {
    const taken = this.#piece.subarray(0, this.#at);
    this.#piece = Buffer.allocUnsafe(PIECE);
    this.#at = 0;
    return taken;
  }

  header(type: '*' | '$', count: number): void {
    this.#at += this.#piece.write(`${type}${count}\r\n`, this.#at, 'latin1');
  }

  end(): void {
    this.#piece[this.#at] = CR;
    this.#piece[this.#at + 1] = LF;
    this.#at += 2;
  }

  text(word: string): void {
    const start = this.#at;
    if (word.length <= SHORT && this.#ascii(word)) return;
    this.#at = start;
    this.header('$', Buffer.byteLength(word));
    this.#at += this.#piece.write(word, this.#at);
    this.end();
  }

  bytes(word: Buffer): void {
    this.header('$', word.length);
    this.#at += word.copy(this.#piece, this.#at);
    this.end();
  }

  /** False where there are other letters: these take more bytes than one, so that the length was wrong. */
  #ascii(word: string): boolean {
    const piece = this.#piece;
    const { length } = word;
    let at = this.#at;
    piece[at++] = 0x24;
    if (length > 99) piece[at++] = 0x30 + Math.floor(length / 100);
    if (length > 9) piece[at++] = 0x30 + (Math.floor(length / 10) % 10);
    piece[at++] = 0x30 + (length % 10);
    piece[at++] = CR;
    piece[at++] = LF;
    for (let index = 0; index < length; index += 1) {
      const code = word.charCodeAt(index);
      if (code > 0x7f) return false;
      piece[at++] = code;
    }
    this.#at = at;
    this.end();
    return true;
  }
}

interface OpenArray {
  readonly items: Reply[];
  readonly length: number;
}

/** Takes bytes in any pieces and gives the replies that are whole. Each byte is looked at once, however long a reply is. */
export class ReplyReader {
  #pieces: Buffer[] = [];
  #size = 0;
  /** With fewer bytes nothing can become whole. */
  #needed = 1;
  readonly #open: OpenArray[] = [];

  /** Throws where the other side speaks no Redis. */
  read(piece: Buffer): readonly Reply[] {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#needed) return [];
    const bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
    const whole: Reply[] = [];
    let at = 0;
    for (;;) {
      const end = bytes.indexOf('\r\n', at);
      if (end < 0) {
        this.#needed = bytes.length - at + 1;
        break;
      }
      const line = bytes.toString('utf8', at + 1, end);
      const type = String.fromCharCode(bytes[at] ?? 0);
      const length = type === '$' ? Number(line) : -1;
      const after = length < 0 ? end + 2 : end + 4 + length;
      if (after > bytes.length) {
        this.#needed = after - at;
        break;
      }
      at = after;
      if (type === '*' && Number(line) > 0) {
        this.#open.push({ items: [], length: Number(line) });
        continue;
      }
      const value = length < 0 ? lineReply(type, line) : bytes.subarray(end + 2, end + 2 + length);
      const reply = this.#close(value);
      if (reply !== undefined) whole.push(reply);
    }
    this.#pieces = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#size = bytes.length - at;
    return whole;
  }

  /** Puts a value where it belongs; gives the reply that became whole with it. */
  #close(value: Reply): Reply | undefined {
    let done = value;
    for (;;) {
      const open = this.#open.at(-1);
      if (!open) return done;
      open.items.push(done);
      if (open.items.length < open.length) return undefined;
      this.#open.pop();
      done = open.items;
    }
  }
}

function lineReply(type: string, line: string): Reply {
  switch (type) {
    case '+':
      return line;
    case '-':
      return new ReplyError(line);
    case ':':
      return Number(line);
    case '$':
      return null;
    case '*':
      return line === '0' ? [] : null;
    default:
      throw new Error(`it doesn't speak Redis: ${JSON.stringify(`${type}${line}`.slice(0, 40))}`);
  }
}
