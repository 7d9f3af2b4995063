import type { Draws } from '../../../lib/draws.ts';
import { type Facts, factsIn, NO_FACTS } from '../facts/facts.ts';
import { dataIn, isObject } from '../json.ts';
import type { Prompt } from '../prompt.ts';
import { resultsOf } from '../writing/from-results.ts';
import { proseOn } from '../writing/prose.ts';
import { asksForSummary, summaryOf } from '../writing/summary.ts';
import { titleOn } from '../writing/text.ts';
import { keywordsOf, topicOf } from '../writing/words.ts';
import { Patterns } from './patterns.ts';

/** What values are made of: what the conversation says, and its words. */
export interface Material {
  readonly draws: Draws;
  /** Of the last request. */
  readonly text: string;
  readonly keywords: readonly string[];
  readonly facts: Facts;
  /** Of what the user said before: it counts where the last request says nothing of the kind. */
  readonly earlier: Facts;
  /** What JSON in the conversation, such as results of tools, says under a key in lower case. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Facts that a value was made of already: another one gets another, where there is one. */
  readonly used: Set<unknown>;
  /** For what was said and for what is written by a pattern apart: a word that takes too long is no reason not to try others. */
  readonly patterns: { readonly said: Patterns; readonly made: Patterns };
  readonly topic: () => string;
  readonly title: () => string;
  /** Text of about that many sentences. */
  readonly prose: (sentences: number) => string;
}

export function materialOf(prompt: Prompt, draws: Draws): Material {
  const [text = '', ...before] = prompt.turns.flatMap(({ role, text }) => (role === 'user' ? [text] : [])).reverse();
  const values = valuesIn([text, ...resultsOf(prompt).map((result) => result.text)]);
  const patterns = { said: new Patterns(), made: new Patterns() };
  return { ...materialFrom(text, values, draws, patterns), earlier: factsIn(before.join('\n')) };
}

/** What a part of the conversation gives alone, as for one item of a list. */
export function partOf(material: Material, text: string): Material {
  return materialFrom(text, material.values, material.draws, material.patterns);
}

/** The same without what is said outright: everything is drawn. */
export function drawnOnly(material: Material): Material {
  return { ...material, text: '', facts: NO_FACTS, earlier: NO_FACTS, values: new Map() };
}

function materialFrom(
  text: string,
  values: Material['values'],
  draws: Draws,
  patterns: Material['patterns'],
): Material {
  return {
    draws,
    text,
    keywords: keywordsOf(text, 12),
    facts: factsIn(text),
    earlier: NO_FACTS,
    values,
    used: new Set(),
    patterns,
    topic: () => topicOf(text),
    title: () => titleOn(text, draws),
    prose: (sentences) => (asksForSummary(text) ? summaryOf(text, text) : proseOn(text, '', draws, sentences)),
  };
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
  for (const text of texts) gather(dataIn(text));
  return values;
}
