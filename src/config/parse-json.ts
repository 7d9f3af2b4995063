import { broken, type Document, type Part, positionAt } from './document.ts';
import { formatPath, type Path } from './path.ts';
import { notPlain } from './plain.ts';

/**
 * Strict JSON (RFC 8259) with the place of every entry. Written out because `JSON.parse` tells no places, accepts a
 * key that is given twice, and its messages are made for programmers.
 */
export function parseJson(text: string): Document {
  const reader = new Reader(text);
  try {
    const value = reader.document();
    const at = (path: Path, part: Part) => {
      const offset = reader.places.get(formatPath(path))?.[part];
      return offset === undefined ? undefined : positionAt(text, offset);
    };
    return { value, at, flaws: notPlain(value).map((flaw) => ({ ...flaw, position: at(flaw.path, 'key') })) };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return broken({ path: error.path, message: error.message, position: positionAt(text, error.offset) });
  }
}

class Mistake extends Error {
  readonly path: Path;
  readonly offset: number;

  constructor(message: string, path: Path, offset: number) {
    super(message);
    this.path = path;
    this.offset = offset;
  }
}

const SPACE = /[ \t\r\n]*/y;
/** Where a text ends; what may stand in it is left to `JSON.parse`. */
const STRING = /"(?:[^"\\\r\n]|\\.)*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
const MAX_DEPTH = 200;

class Reader {
  readonly places = new Map<string, Record<Part, number>>();
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value([], undefined);
    if (this.#peek() !== '') this.#fail('more text after the end of the JSON value', []);
    return value;
  }

  #value(path: Path, key: number | undefined): unknown {
    const start = this.#peek();
    this.places.set(formatPath(path), { key: key ?? this.#offset, value: this.#offset });
    if (path.length > MAX_DEPTH) this.#fail('nested too deeply', path);
    if (start === '{') return this.#object(path);
    if (start === '[') return this.#array(path);
    if (start === '"') return this.#string(path);
    const token = this.#take(SCALAR);
    return token === undefined ? this.#fail(this.#unexpected('a value'), path) : JSON.parse(token);
  }

  #object(path: Path): unknown {
    const entries: [string, unknown][] = [];
    this.#items('}', path, () => {
      const at = this.#offset;
      const key = this.#string(path, 'a key in double quotes');
      const inner = [...path, key];
      const first = entries.some(([name]) => name === key) ? this.places.get(formatPath(inner)) : undefined;
      if (first) throw new Mistake(twice(key, positionAt(this.#text, first.key).line), inner, at);
      if (this.#peek() !== ':') this.#fail(this.#unexpected('`:`'), inner);
      this.#offset += 1;
      entries.push([key, this.#value(inner, at)]);
    });
    // Unlike an assignment this makes an own key of `__proto__`, which can then be refused.
    return Object.fromEntries(entries);
  }

  #string(path: Path, wanted = 'a value'): string {
    const start = this.#offset;
    const unclosed = this.#text.charAt(start) === '"';
    const token =
      this.#take(STRING) ?? this.#fail(unclosed ? 'the text has no closing quote' : this.#unexpected(wanted), path);
    try {
      return JSON.parse(token) as string;
    } catch {
      throw new Mistake('the text holds an escape or a control character that JSON does not know', path, start);
    }
  }

  #array(path: Path): unknown {
    const values: unknown[] = [];
    this.#items(']', path, () => values.push(this.#value([...path, values.length], undefined)));
    return values;
  }

  #items(end: string, path: Path, item: () => void): void {
    this.#offset += 1;
    if (this.#peek() !== end) {
      for (;;) {
        item();
        if (this.#peek() !== ',') break;
        const comma = this.#offset;
        this.#offset += 1;
        if (this.#peek() === end) throw new Mistake('JSON allows no comma before the end', path, comma);
      }
    }
    if (this.#peek() !== end) this.#fail(this.#unexpected(`\`,\` or \`${end}\``), path);
    this.#offset += 1;
  }

  #peek(): string {
    this.#take(SPACE);
    return this.#text.charAt(this.#offset);
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
    if (found === '/' || found === '#') return 'JSON allows no comments';
    return `expected ${wanted}, found \`${found}\``;
  }

  #fail(message: string, path: Path): never {
    throw new Mistake(message, path, this.#offset);
  }
}

export function twice(key: string, firstLine: number): string {
  return `\`${key}\` is given twice; the first is on line ${firstLine}`;
}
