import type { Draws } from '../../../lib/draws.ts';
import { isObject, parsed } from '../json.ts';
import { lastAsked, type Prompt } from '../prompt.ts';
import { resultsOf } from '../writing/from-results.ts';
import { proseOn } from '../writing/prose.ts';
import { asksForSummary, summaryOf } from '../writing/summary.ts';
import { titleOn } from '../writing/text.ts';
import { capitalized, hasKeyword, keywordsOf, topicOf } from '../writing/words.ts';

/** What values are made of: the words, names and numbers of the conversation. */
export interface Material {
  readonly draws: Draws;
  /** Of the last request. */
  readonly text: string;
  readonly keywords: readonly string[];
  /** Names of places, people and things: words with a capital inside of a sentence. */
  readonly names: readonly string[];
  readonly numbers: readonly number[];
  readonly emails: readonly string[];
  readonly urls: readonly string[];
  readonly dates: readonly string[];
  /** What JSON in the conversation, such as results of tools, says under a key in lower case. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly topic: () => string;
  readonly title: () => string;
  /** Text of about that many sentences. */
  readonly prose: (sentences: number) => string;
}

export function materialOf(prompt: Prompt, draws: Draws): Material {
  const text = lastAsked(prompt)?.text ?? '';
  return {
    draws,
    text,
    keywords: keywordsOf(text, 12),
    names: namesIn(text),
    numbers: [...text.matchAll(/(?<![\w-])-?\d+(?:\.\d+)?(?![\w-])/g)].map(([number]) => Number(number)),
    emails: [...text.matchAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)].map(([email]) => email),
    urls: [...text.matchAll(/https?:\/\/[^\s"'<>)]+/g)].map(([url]) => url),
    dates: [...text.matchAll(/\b\d{4}-\d\d-\d\d\b/g)].map(([date]) => date),
    values: valuesIn([text, ...resultsOf(prompt).map((result) => result.text)]),
    topic: () => topicOf(text),
    title: () => titleOn(text, draws),
    prose: (sentences) => (asksForSummary(text) ? summaryOf(text, text) : proseOn(text, '', draws, sentences)),
  };
}

/** The same without what is said outright: everything is drawn. */
export function drawnOnly(material: Material): Material {
  return { ...material, text: '', names: [], numbers: [], emails: [], urls: [], dates: [], values: new Map() };
}

function namesIn(text: string): string[] {
  const found = [...text.matchAll(/\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*/gu)]
    .map(([name]) => name)
    .filter(hasKeyword);
  // The first word of a sentence has its capital anyway.
  const inside = found.filter((name) => name.includes(' ') || !startsSentence(text, name));
  return inside.length > 0 ? inside : keywordsOf(text, 1).map(capitalized);
}

function startsSentence(text: string, name: string): boolean {
  return /(?:^|[.!?:\n]\s*)$/.test(text.slice(0, text.indexOf(name)));
}

function valuesIn(texts: readonly string[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const gather = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(gather);
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (!values.has(key.toLowerCase())) values.set(key.toLowerCase(), inner);
      gather(inner);
    }
  };
  for (const text of texts) {
    const start = text.search(/[{[]/);
    if (start >= 0) gather(parsed(text.slice(start, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1)));
  }
  return values;
}
