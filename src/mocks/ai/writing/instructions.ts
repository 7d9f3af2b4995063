import { capitalized } from './words.ts';

/** What is said of the form of an answer, beforehand or with the request. */
export interface Instructions {
  /** The very words of the answer. */
  readonly exact: string | null;
  readonly oneWord: boolean;
  readonly letters: 'upper' | 'lower' | null;
}

const WHOLE = `(?:["“'\`]([^"”'\`\\n]{1,200})["”'\`]|([^\\n"]{1,80}?))`;
/** As a rule for all answers: "Always answer with exactly OK." */
const RULE = new RegExp(
  `\\b(?:reply|respond|answer)(?: only| just| always)*(?: to [\\w ]{1,30})? with(?: exactly| only| just| the (?:single |exact )?(?:word|text|phrase))+:? ${WHOLE}(?:,? (?:and )?nothing (?:else|more)|,? no matter what[^.!\\n]{0,40})?(?:[.!](?:\\s|$)|\\n|$)`,
  'i',
);
/** As a request that says nothing else: "Say hello". */
const ECHO = new RegExp(
  `(?:^|[.!\\n])\\s{0,3}(?:please )?(?:say|repeat(?: after me)?|(?:reply|respond|answer) (?:only |just )?with(?: exactly| only| just| the (?:single )?word)+)\\s{0,3}:?\\s{0,3}${WHOLE}\\s{0,3}[.!]?\\s{0,3}$`,
  'i',
);
const ONE_WORD =
  /\b(?:in|with|using|only|just|exactly) (?:only |just |exactly )?(?:one|a single|1|single) word\b|\bone[- ]word (?:answer|reply|response)/i;
const FORM =
  /\b(?:json|words?|sentences?|letters?|number|list|one of|either|or|your|their|name of|what|bullet|caps|upper|lower|yaml|xml|html|code|markdown)\b|[:?]/i;
const UPPER = /\b(?:all caps|upper ?case|capital letters|all capitals)\b/i;
const LOWER = /\blower ?case\b/i;

/** `rules` were said beforehand. Both are short: the beginning and end of what was said. */
export function instructionsOf(rules: string, asked: string): Instructions {
  const all = `${rules}\n${asked}`;
  return {
    exact: exactIn(RULE.exec(rules)) ?? exactIn(ECHO.exec(asked)),
    oneWord: ONE_WORD.test(all),
    letters: UPPER.test(all) ? 'upper' : LOWER.test(all) ? 'lower' : null,
  };
}

/** Of a form, such as "only with JSON" or "only one word", there are no very words. */
function exactIn(found: RegExpExecArray | null): string | null {
  const [, quoted, plain] = found ?? [];
  if (quoted !== undefined) return quoted;
  if (plain === undefined || FORM.test(plain)) return null;
  return /\bwith\b/i.test(found?.[0] ?? '') ? plain.trim() : capitalized(plain.trim());
}

export function inLetters(text: string, { letters }: Instructions): string {
  return letters === 'upper' ? text.toUpperCase() : letters === 'lower' ? text.toLowerCase() : text;
}
