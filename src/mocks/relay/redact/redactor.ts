import { findKeys } from '../../../core/guard/find.ts';
import { NAMED_IN_TEXT, SECRET_NAME, SHAPE } from './shapes.ts';

export const REDACTED = '[redacted]';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Takes secrets out of what is to be kept: those that it is told, and all that has the shape of one. */
export class Redactor {
  readonly #secrets: readonly string[];

  constructor(secrets: readonly string[]) {
    this.#secrets = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))];
  }

  text(text: string): string {
    return cutOut(text, this.spans(text));
  }

  /** A JSON value; the names in it too. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [this.text(name), this.#named(name, inner)]),
    );
  }

  /** Where secrets stand, from the first on; none of these overlap. */
  spans(text: string): readonly Span[] {
    const keys = findKeys(text).map(({ index, length }) => ({ start: index, end: index + length }));
    const found = [...this.#known(text), ...keys, ...matches(SHAPE, text), ...matches(NAMED_IN_TEXT, text)];
    return merged(found.filter(({ start, end }) => text.slice(start, end) !== REDACTED));
  }

  #named(name: string, value: unknown): unknown {
    const isSecret = typeof value === 'string' && value !== '' && SECRET_NAME.test(name);
    return isSecret ? REDACTED : this.value(value);
  }

  #known(text: string): readonly Span[] {
    return this.#secrets.flatMap((secret) => {
      const spans: Span[] = [];
      for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
        spans.push({ start: at, end: at + secret.length });
      }
      return spans;
    });
  }
}

/** What is shorter would be found in base64 of anything. */
const LEAST_ENCODED = 12;

/** As it is, and as it stands in base64, which begins at any of three places in what is encoded. */
function formsOf(secret: string): readonly string[] {
  if (secret.length < LEAST_ENCODED) return [secret];
  const encoded = [0, 1, 2].map((before) => {
    const whole = Buffer.from(' '.repeat(before) + secret)
      .toString('base64')
      .replace(/=+$/, '');
    // The characters at both ends hold bits of what stands beside it.
    const first = Math.ceil((before * 8) / 6);
    return whole.slice(first, Math.floor(((before + secret.length) * 8) / 6));
  });
  return [secret, ...encoded, ...encoded.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function cutOut(text: string, spans: readonly Span[]): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of spans) {
    kept += text.slice(from, start) + REDACTED;
    from = end;
  }
  return kept + text.slice(from);
}

function matches(shape: RegExp, text: string): readonly Span[] {
  return [...text.matchAll(shape)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
}

function merged(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last && span.start <= last.end) all[all.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else all.push(span);
  }
  return all;
}
