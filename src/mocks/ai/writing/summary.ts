import { parsed } from '../json.ts';
import { told } from './from-results.ts';
import { countAsked } from './prose.ts';
import { hasKeyword, keywordsOf, sentencesOf, topicOf, wordsOf } from './words.ts';

const ASKS = /\b(summar(?:y|i[sz]e|i[sz]ing)|tl;?dr|key points|takeaways|condense|shorten|in brief|recap)\b/i;

export function asksForSummary(request: string): boolean {
  return ASKS.test(request);
}

/** The sentences of the material that hold most of its frequent words, in its order (after H. P. Luhn, 1958). */
export function summaryOf(material: string, request: string): string {
  const data = dataIn(material);
  if (data !== null) return told(data);
  const all = sentencesOf(material).filter(hasKeyword);
  const others = all.filter((sentence) => !ASKS.test(sentence));
  const sentences = others.length > 0 ? others : all;
  const count = countAsked(request, 'points') ?? (sentences.length > 6 ? 3 : 2);
  const frequent = new Set(keywordsOf(material, 12).map((word) => word.toLowerCase()));
  const scored = sentences.map((sentence, index) => ({ sentence, index, score: scoreOf(sentence, frequent) }));
  const best = scored.sort((a, b) => b.score - a.score || a.index - b.index).slice(0, count);
  const kept = best
    .sort((a, b) => a.index - b.index)
    .map(({ sentence }) => ended(sentence.replace(/^[-*•\d.)\s]+/, '')));
  if (kept.length === 0) return `In short: ${topicOf(material)}.`;
  return /\b(bullets?|points|takeaways)\b/i.test(request) ? kept.map((line) => `- ${line}`).join('\n') : kept.join(' ');
}

/** JSON that is to be put into words. */
function dataIn(material: string): unknown {
  const start = material.search(/[{[]/);
  const end = Math.max(material.lastIndexOf('}'), material.lastIndexOf(']')) + 1;
  const found = start < 0 ? null : parsed(material.slice(start, end));
  return typeof found === 'object' ? found : null;
}

/** Of a message that holds both, what comes after the request: behind its colon, quotes or line break. */
export function materialOf(asked: string): string {
  const [start = '', ...rest] = asked.split(/\n+|(?<=:)\s+/);
  const material = rest.join('\n').trim();
  return ASKS.test(start) && wordsOf(material).length > 3 ? material : asked;
}

function scoreOf(sentence: string, frequent: ReadonlySet<string>): number {
  const words = wordsOf(sentence);
  const hits = words.filter((word) => frequent.has(word.toLowerCase())).length;
  return (hits * hits) / (words.length + 3);
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence.replace(/[,;:\s]+$/, '')}.`;
}
