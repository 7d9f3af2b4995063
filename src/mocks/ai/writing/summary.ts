import { BULLET } from '../facts/segments.ts';
import { dataIn } from '../json.ts';
import { told } from './from-results.ts';
import { countAsked } from './prose.ts';
import { hasKeyword, keywordsOf, sentencesOf, topicOf, wordsOf } from './words.ts';

const ASKS = /\b(summar(?:y|ies|i[sz]e[sd]?|i[sz]ing)|tl;?dr|key points|takeaways|condense|shorten|in brief|recap)\b/i;

export function asksForSummary(request: string): boolean {
  return ASKS.test(request);
}

const MOST_LINES = 12;

/** The sentences of the material that hold most of its frequent words, in its order (after H. P. Luhn, 1958). */
export function summaryOf(material: string, request: string): string {
  const data = dataIn(material);
  if (data !== undefined) return told(data);
  const listed = linesIn(material);
  if (listed.length > 1) return underName(`${listed.slice(0, MOST_LINES).join('; ')}.`, request, 'In short');
  const known = sentencesOf(material).filter(hasWords);
  const telling = known.filter(hasKeyword);
  const all = telling.length > 0 ? telling : known;
  const others = all.filter((sentence) => !ASKS.test(sentence));
  const sentences = others.length > 0 ? others : all;
  const count = countAsked(request, 'points') ?? (sentences.length > 6 ? 3 : 2);
  const frequent = new Set(keywordsOf(material, 12).map((word) => word.toLowerCase()));
  const scored = sentences.map((sentence, index) => ({ sentence, index, score: scoreOf(sentence, frequent) }));
  const best = scored.sort((a, b) => b.score - a.score || a.index - b.index).slice(0, count);
  const kept = best.sort((a, b) => a.index - b.index).map(({ sentence }) => ended(sentence.replace(BULLET, '')));
  if (kept.length === 0) return `In short: ${topicOf(material)}.`;
  if (/\b(bullets?|points|takeaways)\b/i.test(request)) return kept.map((line) => `- ${line}`).join('\n');
  return underName(kept.join(' '), request);
}

/** What is given as a list, line by line, as a person would read it out. */
function linesIn(material: string): string[] {
  const lines = material
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !ASKS.test(line));
  const isList = lines.filter((line) => BULLET.test(line)).length > 1;
  return isList ? lines.map((line) => line.replace(BULLET, '').replace(/[.;,]$/, '')) : [];
}

/** With what the summary is of before it, where the request quotes its name. */
function underName(text: string, request: string, otherwise?: string): string {
  const name = /["“]([^"”\n]{3,60})["”]/.exec(request)?.[1] ?? otherwise;
  return name === undefined || text.includes(name) ? text : `${name}: ${text}`;
}

/** Of a message that holds both, what comes after the request: behind its colon, quotes or line break. */
export function materialOf(asked: string): string {
  const end = /\n|:\s/.exec(asked);
  if (!end) return asked;
  const material = asked.slice(end.index + 1).trim();
  return ASKS.test(asked.slice(0, end.index)) && hasWords(material) ? material : asked;
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function scoreOf(sentence: string, frequent: ReadonlySet<string>): number {
  const words = wordsOf(sentence);
  const hits = words.filter((word) => frequent.has(word.toLowerCase())).length;
  return (hits * hits) / (words.length + 3);
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence.trimEnd().replace(/[,;:\s]{1,9}$/, '')}.`;
}
