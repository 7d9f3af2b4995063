import { computed } from './arithmetic.ts';
import { capitalAsked } from './capitals.ts';
import { smallTalk } from './small-talk.ts';
import { keywordsOf } from './words.ts';

/** What has one obvious answer is asked for shortly. */
const LONGEST = 2000;
const TRANSLATION = /\btranslat\w*\b[^:\n]*?\b(?:to|into) (\p{Lu}\p{L}+)[^:\n]*[:\n]\s*(.+)$/isu;

/** The answer to what has one obvious answer: a greeting, thanks, a computation. */
export function directAnswer(asked: string, request: string): string | null {
  if (asked.length > LONGEST) return null;
  const obvious = smallTalk(asked) ?? computed(asked) ?? capitalAsked(asked);
  if (obvious !== null) return obvious;
  // The mock knows no languages: the text goes on as it is, under the name of the one that is wanted.
  const [, language, text] = TRANSLATION.exec(asked) ?? [];
  if (text !== undefined) return `[${language}] ${text.trim()}`;
  return /\bextract\b[^.\n]*\bkeywords?\b|\bkeywords? (?:of|from|for)\b/i.test(request)
    ? keywordsOf(asked, 5).join(', ')
    : null;
}
