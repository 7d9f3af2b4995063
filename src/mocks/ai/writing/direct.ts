import { smallTalk } from './small-talk.ts';
import { capitalized, keywordsOf } from './words.ts';

const ECHO =
  /(?:^|[.!\n]\s*)(?:please )?(?:say|repeat|(?:reply|respond|answer) (?:only |just )?with(?: exactly| only| just| the (?:single )?word)+)\s*:?\s*(?:["“'`]([^"”'`\n]{1,200})["”'`]|([^\n"]{1,80}?))\s*[.!]?\s*$/i;
const SUM =
  /(?:what(?:'s| is)|calculate|compute|how much is)\s+(-?\d+(?:\.\d+)?)\s*([-+*x×/])\s*(-?\d+(?:\.\d+)?)\s*[?=.]*\s*$/i;
const TRANSLATION = /\btranslat\w*\b[^:\n]*?\b(?:to|into) (\p{Lu}\p{L}+)[^:\n]*[:\n]\s*(.+)$/isu;

/** What has one obvious answer: a greeting, thanks, words to repeat, a sum. */
export function directAnswer(asked: string, request: string): string | null {
  const reply = smallTalk(asked);
  if (reply !== null) return reply;
  const [, quoted, plain] = ECHO.exec(asked) ?? [];
  if (quoted ?? plain) return quoted ?? capitalized(plain ?? '');
  const [, left, sign, right] = SUM.exec(asked) ?? [];
  if (sign !== undefined) return String(calculated(Number(left), sign, Number(right)));
  // The mock knows no languages: the text goes on as it is, under the name of the one that is wanted.
  const [, language, text] = TRANSLATION.exec(asked) ?? [];
  if (text !== undefined) return `[${language}] ${text.trim()}`;
  return /\bextract\b[^.\n]*\bkeywords?\b|\bkeywords? (?:of|from|for)\b/i.test(request)
    ? keywordsOf(asked, 5).join(', ')
    : null;
}

function calculated(left: number, sign: string, right: number): number {
  if (sign === '+') return left + right;
  if (sign === '-') return left - right;
  return sign === '/' ? left / right : left * right;
}
