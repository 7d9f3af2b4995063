import type { Document, Flaw, Lines, Part, Position } from './document.ts';
import { positionAt } from './document.ts';
import { formatPath, isGroupPath, isKeys, type Path, valueAt } from './path.ts';
import { toPlain } from './plain.ts';

/**
 * Strict JSON (RFC 8259) with the place of every entry. Written out because `JSON.parse` tells no places, accepts a
 * key that is given twice, and its messages are made for programmers.
 */
export function parseJson(text: string): Document {
  const reader = new Reader(text);
  const unclear = reader.read();
  const { value, flaws } = toPlain(reader.value);
  const at = (path: Path, part: Part) => {
    const offset = reader.places.get(formatPath(path))?.[part];
    return offset === undefined ? undefined : positionAt(text, offset);
  };
  const placed = flaws.map((flaw) => ({ ...flaw, position: at(flaw.path, 'key') }));
  return { value, at, unclear, flaws: [...reader.flaws, ...placed] };
}

/** Thrown when it can't be told how the text goes on. */
class Lost extends Error {}

const SPACE = /[ \t\r\n]*/y;
/** Where a text ends; what may stand in it is left to `JSON.parse`. */
const STRING = /"(?:[^"\\\r\n]|\\.)*"/y;
const COMMENT = /\/\/.*|#.*|\/\*[\s\S]*?\*\//y;
const NO_COMMENTS = 'JSON allows no comments';
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
const MAX_DEPTH = 200;

class Reader {
  readonly places = new Map<string, Record<Part, number>>();
  readonly flaws: Flaw[] = [];
  /** Filled while reading: it holds what was read when that ends early. */
  value: unknown;
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Resolves to the lines that it could not make sense of. */
  read(): readonly Lines[] {
    try {
      this.#value([], undefined, (value) => {
        this.value = value;
      });
      if (this.#peek() !== '') this.#fail('more text after the end of the JSON value', []);
      return [];
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      return [[this.flaws.at(-1)?.position?.line ?? 1, Number.POSITIVE_INFINITY]];
    }
  }

  /** An object or array is kept before it is read, so that its first part stays when the rest can't be read. */
  #value(path: Path, key: number | undefined, keep: (value: unknown) => void): void {
    const start = this.#peek();
    this.places.set(formatPath(path), { key: key ?? this.#offset, value: this.#offset });
    if (path.length > MAX_DEPTH) this.#fail('nested too deeply', path);
    if (start === '{') this.#object(path, keep);
    else if (start === '[') this.#array(path, keep);
    else keep(start === '"' ? this.#string(path) : this.#scalar(path));
  }

  #scalar(path: Path): unknown {
    return JSON.parse(this.#take(SCALAR) ?? this.#fail(this.#unexpected('a value'), path));
  }

  #object(path: Path, keep: (value: unknown) => void): void {
    const object = {};
    keep(object);
    this.#items('}', path, () => {
      const at = this.#offset;
      const key = this.#string(path, 'a key in double quotes');
      const inner = [...path, key];
      const first = Object.hasOwn(object, key) ? this.places.get(formatPath(inner)) : undefined;
      if (first) this.flaws.push(twice(inner, positionAt(this.#text, first.key).line, positionAt(this.#text, at)));
      const before = first && isGroupPath(inner) ? valueAt(object, [key]) : undefined;
      if (this.#peek() !== ':') this.#fail(this.#unexpected('`:`'), inner);
      this.#offset += 1;
      this.#value(inner, at, (value) => {
        define(object, key, value);
      });
      const last = valueAt(object, [key]);
      if (isKeys(before) && isKeys(last)) define(object, key, { ...before, ...last });
    });
  }

  #string(path: Path, wanted = 'a value'): string {
    const start = this.#offset;
    const unclosed = this.#text.charAt(start) === '"';
    const token =
      this.#take(STRING) ?? this.#fail(unclosed ? 'the text has no closing quote' : this.#unexpected(wanted), path);
    try {
      return JSON.parse(token) as string;
    } catch {
      this.#note('the text holds an escape or a control character that JSON does not know', path, start);
      return token.slice(1, -1);
    }
  }

  #array(path: Path, keep: (value: unknown) => void): void {
    const values: unknown[] = [];
    keep(values);
    this.#items(']', path, () => this.#value([...path, values.length], undefined, (value) => values.push(value)));
  }

  #items(end: string, path: Path, item: () => void): void {
    this.#offset += 1;
    if (this.#peek() !== end) {
      for (;;) {
        item();
        const next = this.#peek();
        const comma = this.#offset;
        if (next === ',') this.#offset += 1;
        else if (next === '"') this.#note(this.#unexpected(`\`,\` or \`${end}\``), path, comma);
        else break;
        if (this.#peek() !== end) continue;
        this.#note('JSON allows no comma before the end', path, comma);
        break;
      }
    }
    if (this.#peek() !== end) this.#fail(this.#unexpected(`\`,\` or \`${end}\``), path);
    this.#offset += 1;
  }

  /** The next character that is neither space nor within a comment, of which the first is a flaw. */
  #peek(): string {
    this.#take(SPACE);
    const start = this.#offset;
    if (this.#take(COMMENT) === undefined) return this.#text.charAt(this.#offset);
    if (!this.flaws.some(({ message }) => message === NO_COMMENTS)) this.#note(NO_COMMENTS, [], start);
    return this.#peek();
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#offset;
    const found = token.exec(this.#text)?.[0];
    this.#offset += found?.length ?? 0;
    return found;
  }

  #unexpected(wanted: string): string {
    const found = this.#text.charAt(this.#offset);
    if (found === '') return `the file ends where ${wanted} is expected`;
    return `expected ${wanted}, found \`${found}\``;
  }

  #note(message: string, path: Path, offset: number): void {
    this.flaws.push({ path, message, position: positionAt(this.#text, offset) });
  }

  #fail(message: string, path: Path): never {
    this.#note(message, path, this.#offset);
    throw new Lost();
  }
}

/** Unlike an assignment this makes an own key of `__proto__`, which can then be refused. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Of two the last one counts, and groups of names become one: nothing is missing that stands in the first. */
export function twice(path: Path, firstLine: number, position: Position): Flaw {
  const message = `\`${path.at(-1)}\` is given twice; the first is on line ${firstLine}`;
  return { path, message, position, harmless: true };
}
