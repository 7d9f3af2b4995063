import { readable } from '../facts/facts.ts';
import { fieldsIn } from '../facts/fields.ts';
import { stem } from '../facts/related.ts';
import type { Prompt } from '../prompt.ts';

const ASKED: readonly (readonly [RegExp, string | null])[] = [
  [/\bwhere do I (?:live|come from)\b|\bwhere am I from\b/i, 'city'],
  [/\bhow old am I\b/i, 'age'],
  [/\bwho am I\b/i, 'name'],
  [/\bwhat (?:do I do|is my (?:job|profession))\b/i, 'job'],
  [
    /\b(?:what(?:'s| is| was| are)|do you (?:know|remember)(?: what)?|remind me(?: of| what)?)\s(?:was )?my (\p{L}[\p{L} -]{1,40}?)(?: is| was)?[\s?.!]*$/iu,
    null,
  ],
];

/** Nobody but the user could tell. */
const USUAL = new Set(['name', 'age', 'city', 'job']);

/** What the user told of himself earlier and asks for now; null where nothing of the kind is asked, or was told. */
export function recalled(asked: string, { turns }: Prompt): string | null {
  const name = wantedName(asked);
  if (name === null) return null;
  const told = turns.flatMap(({ role, text }) => (role === 'user' || role === 'system' ? [text] : [])).reverse();
  const fields = told.flatMap((text) => fieldsIn(readable(text)));
  const value = fields.find((field) => sameName(field.name, name))?.value;
  if (value === undefined) return USUAL.has(name) ? 'You have not told me yet.' : null;
  if (name === 'city') return `You live in ${value}.`;
  return name === 'age' ? `You are ${value} years old.` : `Your ${name} is ${value}.`;
}

function wantedName(asked: string): string | null {
  if (asked.length > 500) return null;
  for (const [pattern, name] of ASKED) {
    const found = pattern.exec(asked);
    if (found) return name ?? found[1]?.toLowerCase() ?? null;
  }
  return null;
}

function sameName(a: string, b: string): boolean {
  return a.split(' ').map(stem).join(' ') === b.split(' ').map(stem).join(' ');
}
