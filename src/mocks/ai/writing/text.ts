import type { Draws } from '../../../lib/draws.ts';
import { readable } from '../facts/facts.ts';
import { lastAsked, type Prompt, rulesOf } from '../prompt.ts';
import { drawnAnswer } from './chance.ts';
import { chosen, optionsOf } from './choice.ts';
import { directAnswer } from './direct.ts';
import { fromResults, resultsOf } from './from-results.ts';
import { inLetters, instructionsOf } from './instructions.ts';
import { asList, listOn } from './lists.ts';
import { namesFor } from './naming.ts';
import { countAsked, proseOn, sentencesOn } from './prose.ts';
import { recalled } from './recall.ts';
import { asksForSummary, materialOf, summaryOf } from './summary.ts';
import { haikuOn, jokeOn, poemOn } from './verse.ts';
import { capitalized, isEmpty, keywordsOf, topicOf, wordsOf } from './words.ts';

const TITLE = /\b(title|headline|subject line|heading|tagline)\b/i;
const MAIL = /\b(e-?mail|letter|message to)\b/i;
const POEM = /\b(?:poem|verses?|limerick|song|lyrics|rhyme)\b/i;

/** Instructions are looked for in as many characters of a request, at its beginning and end; the rest is what it is about. */
const INSTRUCTING = 3000;

/** Text that fits what is asked for, made of its words. */
export function textFor(prompt: Prompt, draws: Draws): string {
  const results = resultsOf(prompt);
  if (results.length > 0) return fromResults(results);
  const rules = readable(rulesOf(prompt), INSTRUCTING);
  const whole = lastAsked(prompt)?.text ?? rules;
  const asked = readable(whole, INSTRUCTING);
  const instructions = instructionsOf(rules, asked);
  if (instructions.exact !== null) return instructions.exact;
  const request = `${rules}\n${asked}`;
  const text =
    optionAsked(request, asked, draws) ??
    directAnswer(asked, request) ??
    recalled(asked, prompt) ??
    drawnAnswer(asked, draws) ??
    (asksForSummary(request) ? summaryOf(materialOf(whole), request) : formed(asked, request, draws));
  return inLetters(instructions.oneWord ? oneWordOf(text, asked) : text, instructions);
}

function optionAsked(request: string, asked: string, draws: Draws): string | null {
  const options = optionsOf(request);
  return options ? chosen(options, asked, draws) : null;
}

function formed(asked: string, request: string, draws: Draws): string {
  // What it is to look like is said in the request's first words; further on they belong to its topic.
  const start = asked.slice(0, 120);
  if (/\bhaikus?\b/i.test(start)) return haikuOn(asked, draws);
  if (POEM.test(start)) return poemOn(asked, countAsked(request, 'lines') ?? 4, draws);
  if (/\bjokes?\b/i.test(start)) return jokeOn(asked, draws);
  if (MAIL.test(start)) return mailOn(asked, request, draws);
  const [name] = namesFor(start, 1, draws) ?? [];
  const lines = name !== undefined && !/\bnames\b/i.test(start) ? null : listOn(asked, draws);
  if (lines) return asList(lines, request);
  if (name !== undefined) return name;
  if (TITLE.test(start)) return titleOn(asked, draws);
  if (/\bbullet(?:s|ed)?\b/i.test(request)) return asList(sentencesOn(asked, 3, draws), request);
  return proseOn(asked, request, draws);
}

/** The word of an answer that says most: not one that the question had already, where there is another. */
function oneWordOf(text: string, asked: string): string {
  const words = wordsOf(text);
  const [only = ''] = words;
  if (words.length === 1 && !isEmpty(only.toLowerCase())) return only;
  const known = new Set(wordsOf(asked.toLowerCase()));
  const keys = keywordsOf(text, 20).filter((word) => /^\p{Lu}/u.test(word) && !known.has(word.toLowerCase()));
  return capitalized(keys.at(-1) ?? keywordsOf(topicOf(asked), 1)[0] ?? words[0] ?? 'Yes');
}

export function titleOn(asked: string, draws: Draws): string {
  const words = topicOf(asked).split(' ').map(capitalized).join(' ');
  const [key = 'Basics'] = keywordsOf(asked, 6).slice(-1);
  return draws.pick([words, `${words}: A Closer Look`, `${words} and ${capitalized(key)}`]);
}

function mailOn(asked: string, request: string, draws: Draws): string {
  return `Subject: ${titleOn(asked, draws)}\n\nHello,\n\n${proseOn(asked, request, draws)}\n\nKind regards`;
}
