import { type Fact, factAt } from './fact.ts';

/** Letters and digits that no word has together: INV-2031, A-48213, AB123. */
const CODE =
  /(?<![\w@./-])#?(?=[\w/-]{4})((?:[A-Za-z]{1,10}[-_/]?\d[\w-]{0,40}|\d{1,12}[-_]?[A-Z]{1,6}[\w-]{0,40}))(?![\w@])/g;
/** Digits behind a word that says what is counted on: "order 4711", "ticket no. 12", "#99". */
const COUNTED =
  /(?:#|\b(?:orders?|invoice|ticket|case|customer|account|tracking|reference|ref|booking|confirmation|id|number|no\.?|nr\.?) {0,2}[:#]? {0,2})(\d{2,20})(?![\w.,-]*\d)/gi;

/** Names of things that somebody numbers. */
export function idsIn(text: string): Fact[] {
  return [...withGroup(text, CODE), ...withGroup(text, COUNTED)].sort((a, b) => a.at - b.at);
}

function withGroup(text: string, pattern: RegExp): Fact[] {
  return [...text.matchAll(pattern)].map((match) => {
    const value = (match[1] ?? '').replace(/[-_]{1,5}$/, '');
    const at = match.index + match[0].indexOf(value);
    return factAt(text, value, at, value.length);
  });
}
