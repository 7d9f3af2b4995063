import { plainText, shownLines } from './clean.ts';

/** A body as a person reads it: JSON and forms one value a line; without anything that a terminal would obey. */
export function bodyText(body: string): string {
  return plainText(shownLines(jsonText(body) ?? formText(body) ?? body.trimEnd()));
}

function jsonText(body: string): string | null {
  if (!/^\s*[{[]/.test(body)) return null;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return null;
  }
}

/** `items[0][price]=price_1&…` */
function formText(body: string): string | null {
  if (!/^[^\s=&{<]+=[^\s&=]*(&[^\s=&]+=[^\s&=]*)*$/.test(body)) return null;
  return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n');
}

/** What a model has said in its answer, whole or streamed as server-sent events; empty where it has said nothing. */
export function saidText(body: string): string {
  const texts = /^(?:event|data):/.test(body) ? streamedTexts(body) : wholeTexts(body);
  return plainText(shownLines(texts.join('')));
}

function streamedTexts(body: string): readonly string[] {
  return body.split('\n').flatMap((line) => (line.startsWith('data: {') ? deltaOf(line.slice(6)) : []));
}

/** In OpenAI's chat completions; in its Responses; in Anthropic's messages. */
interface Streamed {
  readonly choices?: readonly { readonly delta?: { readonly content?: unknown } }[];
  readonly delta?: unknown;
}

function deltaOf(data: string): readonly string[] {
  const { choices, delta } = parsed<Streamed>(data) ?? {};
  const found = choices?.[0]?.delta?.content ?? (isText(delta) ? delta.text : delta);
  return typeof found === 'string' ? [found] : [];
}

/** The same three; of several choices the first. */
interface Whole {
  readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[];
  readonly output?: readonly { readonly content?: unknown }[];
  readonly content?: unknown;
}

function wholeTexts(body: string): readonly string[] {
  const whole = parsed<Whole>(body);
  if (typeof whole !== 'object' || whole === null) return [];
  const said = whole.choices?.[0]?.message?.content;
  if (typeof said === 'string') return [said];
  const parts = Array.isArray(whole.output) ? whole.output.map(({ content }) => content) : [whole.content];
  return parts.flat().flatMap((part) => (isText(part) && typeof part.text === 'string' ? [part.text] : []));
}

/** Null for what was cut off where no more is kept. */
function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

function isText(part: unknown): part is { readonly text: unknown } {
  return typeof part === 'object' && part !== null && 'text' in part;
}
