/** The Redis protocol (RESP2): https://redis.io/docs/latest/develop/reference/protocol-spec/ */
export type Word = string | Buffer;

/** The name of a command and its arguments. */
export type Command = readonly Word[];

export type Reply = Buffer | string | number | null | ReplyError | readonly Reply[];

/** What Redis refuses, in its own words. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
}

/** From here on a value is sent as it is, instead of being copied once more. */
const LARGE = 16_384;
/** Characters in one piece: longer texts are slower to turn into bytes. */
const PIECE = 262_144;
const ASCII = /^[\0-\x7f]*$/;

/** Commands as pieces to send one after the other. Texts are joined: a write each would cost more than all the rest. */
export function* encode(commands: readonly Command[]): Iterable<Word> {
  let text = '';
  for (const command of commands) {
    text += `*${command.length}\r\n`;
    for (const word of command) {
      if (typeof word === 'string') {
        text += `$${lengthOf(word)}\r\n${word}\r\n`;
      } else {
        yield `${text}$${word.length}\r\n`;
        yield word;
        text = '\r\n';
      }
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

/** Bytes of a text; most are so short that looking at them is faster than asking for it. */
function lengthOf(text: string): number {
  return text.length < LARGE && ASCII.test(text) ? text.length : Buffer.byteLength(text);
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
