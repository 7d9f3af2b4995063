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

/** The text that a streamed answer of a model comes to, from its server-sent events; empty where it is none. */
export function streamedText(body: string): string {
  if (!/^(?:event|data):/.test(body)) return '';
  const texts = body.split('\n').flatMap((line) => (line.startsWith('data: {') ? deltaOf(line.slice(6)) : []));
  return plainText(shownLines(texts.join('')));
}

/** In OpenAI's chat completions; in its Responses; in Anthropic's messages. */
interface Streamed {
  readonly choices?: readonly { readonly delta?: { readonly content?: unknown } }[];
  readonly delta?: unknown;
}

function deltaOf(data: string): readonly string[] {
  try {
    const { choices, delta } = JSON.parse(data) as Streamed;
    const found = choices?.[0]?.delta?.content ?? (isText(delta) ? delta.text : delta);
    return typeof found === 'string' ? [found] : [];
  } catch {
    // Cut off where no more is kept.
    return [];
  }
}

function isText(delta: unknown): delta is { readonly text: unknown } {
  return typeof delta === 'object' && delta !== null && 'text' in delta;
}
