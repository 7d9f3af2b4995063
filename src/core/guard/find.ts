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
const EACH = SHAPES.map(({ start }) => `(${start})`).join('|');
const STARTS = new RegExp(EACH, 'g');
const START = new RegExp(`^(?:${EACH})`);

/**
 * A word of base64; behind `Basic` it is a user's name and password (RFC 7617), of which either may be a key. Any other
 * is one where nothing but the key is in it, as in a Secret of Kubernetes.
 */
const ENCODED = /(\bBasic\s{1,4})?(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{16,12000}={0,2}/gi;

/** As many characters of base64 as tell whether a key begins there. */
const ENCODED_START = 64;

/** Every key of a live shape, wherever it stands: in a URL, in JSON, after `Bearer`, inside of quotes. */
export function findLive(text: string): readonly Key[] {
  return findKeys(text).filter(({ mode }) => mode === 'live');
}

/** Every key of a known shape, in the order of the text; neither those that devenv has minted nor placeholders. */
export function findKeys(text: string): readonly Key[] {
  const plain = findPlain(text);
  const encoded = findEncoded(text);
  return encoded.length === 0 ? plain : [...plain, ...encoded].sort((a, b) => a.index - b.index);
}

/** Whether `maskKeys` has anything to hide in it. */
export function holdsKey(text: string): boolean {
  return findKeys(text).some(isHidden);
}

/** Whether it starts as a key does that isn't of a test mode, whatever follows: a piece of one is hidden as well. */
export function beginsLikeKey(text: string): boolean {
  const match = START.exec(text);
  return match !== null && shapeOf(match)?.mode !== 'test';
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
    const key = keyAt(text, match);
    if (key === null || isInsideWord(text, key)) continue;
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

function findEncoded(text: string): readonly Key[] {
  return [...text.matchAll(ENCODED)].flatMap(({ 0: whole, 1: basic = '', index }) => {
    const encoded = whole.slice(basic.length);
    const found = basic === '' ? exactlyIn(encoded) : findPlain(decoded(encoded));
    return found.map((key) => ({ ...key, index, length: whole.length }));
  });
}

function exactlyIn(encoded: string): readonly Key[] {
  const start = decoded(encoded.slice(0, ENCODED_START));
  if (!beginsLikeKey(start)) return [];
  const text = decoded(encoded);
  return findPlain(text).filter(({ index, length }) => index === 0 && /^\s*(?:-----END|$)/.test(text.slice(length)));
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

/** `task_live_…` is none; one after an escape such as `\n`, `%3D` or a colour of the terminal is. */
function isInsideWord(text: string, key: Key): boolean {
  const { index } = key;
  if (index === 0 || !/[A-Za-z0-9]/.test(text.charAt(index - 1)) || isBehindLength(text, key)) return false;
  return !/(?:\\[a-z]|%[0-9A-F]{2}|\\u[0-9A-F]{4}|\\x[0-9A-F]{2}|\[[\d;]*m)$/i.test(
    text.slice(Math.max(0, index - 12), index),
  );
}

/**
 * In binary formats, such as those of protobuf and of Python, a text's length stands before it as one byte, which may well
 * be that of a letter. Behind the text there may be one more, so that the key seems longer; then bytes around have to tell.
 */
function isBehindLength(text: string, { index, length }: Key): boolean {
  const said = text.charCodeAt(index - 1);
  return said === length || (said < length && BINARY.test(text.slice(Math.max(0, index - 64), index + length + 64)));
}

/** No text has these; tabs, line ends and escapes of the terminal are left out. */
const BINARY = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

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
