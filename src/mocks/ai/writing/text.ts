import type { Draws } from '../../../lib/draws.ts';
import { lastAsked, type Prompt, rulesOf } from '../prompt.ts';
import { chosen, optionsOf } from './choice.ts';
import { directAnswer } from './direct.ts';
import { fromResults, resultsOf } from './from-results.ts';
import { countAsked, proseOn, sentencesOn } from './prose.ts';
import { asksForSummary, materialOf, summaryOf } from './summary.ts';
import { capitalized, keywordsOf, topicOf } from './words.ts';

const LIST = /\b(list|bullets?|ideas|suggestions|examples|steps|tips|reasons|names)\b/i;
const TITLE = /\b(title|headline|subject line|heading|tagline)\b/i;
const MAIL = /\b(e-?mail|letter|message to)\b/i;

/** Text that fits what is asked for, made of its words. */
export function textFor(prompt: Prompt, draws: Draws): string {
  const results = resultsOf(prompt);
  if (results.length > 0) return fromResults(results);
  const rules = rulesOf(prompt);
  const asked = lastAsked(prompt)?.text ?? rules;
  const request = `${rules}\n${asked}`;
  const direct = directAnswer(asked, request);
  if (direct !== null) return direct;
  const options = optionsOf(request);
  if (options) return chosen(options, asked, draws);
  if (asksForSummary(request)) return summaryOf(materialOf(asked), request);
  return formed(asked, request, draws);
}

function formed(asked: string, request: string, draws: Draws): string {
  // What it is to look like is said in the request's first words; further on they belong to its topic.
  const start = asked.slice(0, 120);
  if (MAIL.test(start)) return mailOn(asked, request, draws);
  if (TITLE.test(start)) return titleOn(asked, draws);
  if (LIST.test(start)) return listOn(asked, countAsked(asked, 'things') ?? 3, draws);
  return proseOn(asked, request, draws);
}

function listOn(asked: string, count: number, draws: Draws): string {
  const lines = sentencesOn(asked, Math.min(Math.max(count, 1), 30), draws);
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

export function titleOn(asked: string, draws: Draws): string {
  const words = topicOf(asked).split(' ').map(capitalized).join(' ');
  const [key = 'Basics'] = keywordsOf(asked, 6).slice(-1);
  return draws.pick([words, `${words}: A Closer Look`, `${words} and ${capitalized(key)}`]);
}

function mailOn(asked: string, request: string, draws: Draws): string {
  return `Subject: ${titleOn(asked, draws)}\n\nHello,\n\n${proseOn(asked, request, draws)}\n\nKind regards`;
}
