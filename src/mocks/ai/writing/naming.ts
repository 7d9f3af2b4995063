import type { Draws } from '../../../lib/draws.ts';
import { collectionOf } from './collections.ts';
import { capitalized, keywordsOf } from './words.ts';

const ASKS =
  /\b(?:suggest|give|propose|find|pick|choose|invent|think of|come up with|need|what(?:'s| is))\b[^.?!]{0,30}\bnames?\b[^.?!]{0,12}\bfor (?:my|our|a|an|the|this)? ?([^.?!\n]{2,60})/i;
const LIVING = /\b(?:dog|cat|pet|baby|son|daughter|boy|girl|child|character|hero|heroine|horse|hamster|rabbit)\b/i;
const TEMPLATES = [
  'The Golden {k}',
  'Bright {k}',
  '{k} & Co.',
  '{k} Corner',
  'The Little {k}',
  '{k} Works',
  'North {k}',
];

/** Names for what is to be called something; null where nobody asks for one. */
export function namesFor(asked: string, count: number, draws: Draws): string[] | null {
  const what = ASKS.exec(asked)?.[1];
  if (what === undefined) return null;
  const [key = 'Start'] = keywordsOf(what, 1);
  const all = LIVING.test(what)
    ? (collectionOf('name', asked)?.members ?? [])
    : TEMPLATES.map((template) => template.replace('{k}', () => capitalized(key)));
  const first = draws.below(all.length);
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[(first + index) % all.length] ?? key);
}
