import { type KeyMode, type ProviderKind, SHAPES, type Shape } from './shapes.ts';

/** A key in a text. What it is beyond its first characters can only be had by who has the text. */
export interface Key {
  readonly provider: string;
  readonly kind: ProviderKind;
  readonly mode: KeyMode;
  /** The shape's fixed first characters, such as `sk_live_`. */
  readonly starts: string;
  /** Where it stands in the text. */
  readonly index: number;
  readonly length: number;
}

/** One alternative a shape, in their order; which one it was is told by its group. */
const STARTS = new RegExp(SHAPES.map(({ start }) => `(${start})`).join('|'), 'g');

/** RFC 7617: the user's name and password, in base64. A key is either of them. */
const BASIC = /\bBasic\s{1,4}([A-Za-z0-9+/]{16,2000}={0,2})/gi;

/** Every key of a live shape, wherever it stands: in a URL, in JSON, after `Bearer`, inside of quotes. */
export function findLive(text: string): readonly Key[] {
  return findKeys(text).filter(({ mode }) => mode === 'live');
}

/** Every key of a known shape, in the order of the text; neither those that devenv has minted nor placeholders. */
export function findKeys(text: string): readonly Key[] {
  const plain = findPlain(text);
  const encoded = findInBasic(text);
  return encoded.length === 0 ? plain : [...plain, ...encoded].sort((a, b) => a.index - b.index);
}

/** Whether `maskKeys` has anything to hide in it. */
export function holdsKey(text: string): boolean {
  return findKeys(text).some(isHidden);
}

/** Whether it starts as a key does that isn't of a test mode, whatever follows: a piece of one is hidden as well. */
export function beginsLikeKey(text: string): boolean {
  STARTS.lastIndex = 0;
  const match = STARTS.exec(text);
  return match?.index === 0 && shapeOf(match)?.mode !== 'test';
}

/** The text with every key in it cut to its first characters, for what may be shown. */
export function maskKeys(text: string): string {
  let shown = '';
  let end = 0;
  for (const { index, length, starts } of findKeys(text).filter(isHidden)) {
    if (index < end) continue;
    shown += `${text.slice(end, index)}${starts}…`;
    end = index + length;
  }
  return shown + text.slice(end);
}

function isHidden({ mode }: Key): boolean {
  return mode !== 'test';
}

function findPlain(text: string): readonly Key[] {
  const keys: Key[] = [];
  STARTS.lastIndex = 0;
  for (let match = STARTS.exec(text); match; match = STARTS.exec(text)) {
    const key = isInsideWord(text, match.index) ? null : keyAt(text, match);
    if (key === null) continue;
    keys.push(key);
    STARTS.lastIndex = key.index + key.length;
  }
  return keys;
}

/** Of shapes that begin alike the first counts: what isn't one of its keys is none of the others either. */
function keyAt(text: string, match: RegExpExecArray): Key | null {
  const [starts] = match;
  const shape = shapeOf(match);
  if (!shape) return null;
  const { provider, kind, mode } = shape;
  const body = bodyOf(shape, text, match.index + starts.length);
  return body === null
    ? null
    : { provider, kind, mode, starts, index: match.index, length: starts.length + body.length };
}

function shapeOf(match: RegExpExecArray): Shape | undefined {
  return SHAPES[match.indexOf(match[0], 1) - 1];
}

function bodyOf({ body, fits }: Shape, text: string, from: number): string | null {
  body.lastIndex = from;
  const found = body.exec(text)?.[0];
  return found === undefined || fits?.(found) === false || isNone(found) ? null : found;
}

function findInBasic(text: string): readonly Key[] {
  return [...text.matchAll(BASIC)].flatMap(({ 0: whole, 1: encoded = '', index }) =>
    findPlain(Buffer.from(encoded, 'base64').toString('latin1')).map((key) => ({
      ...key,
      index,
      length: whole.length,
    })),
  );
}

/** `task_live_…` is none; one after an escape such as `\n`, `%3D` or a colour of the terminal is. */
function isInsideWord(text: string, index: number): boolean {
  if (index === 0 || !/[A-Za-z0-9]/.test(text.charAt(index - 1))) return false;
  return !/(?:\\[a-z]|%[0-9A-F]{2}|\\u[0-9A-F]{4}|\\x[0-9A-F]{2}|\[[\d;]*m)$/i.test(
    text.slice(Math.max(0, index - 12), index),
  );
}

/** What documentation writes in the place of a key. Each is a thing of less than one in 10,000 among random keys. */
const PLACEHOLDER =
  /(?:^|[-_.])(?:your|example|placeholder|redacted|replace|insert|changeme|change|dummy|sample|xxx+)(?:[-_.]|$)|your[A-Z]|EXAMPLE|PLACEHOLDER|REDACTED|x{6}|X{6}|0{8}|1234567|abcdefg|ABCDEFG/;

/** What the keys of devenv's own mocks begin with, after the provider's first characters. */
const MINTED = /^devenv[-_]mock/;

/** Fewer different characters than this a random key of 16 has once in a million. */
const VARIETY = 7;

function isNone(body: string): boolean {
  return MINTED.test(body) || new Set(body).size < VARIETY || PLACEHOLDER.test(body);
}
