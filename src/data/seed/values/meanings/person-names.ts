import type { Draws } from '../../../../lib/draws.ts';
import { remembered, type Words, wordList } from '../word-lists.ts';
import { type Site, sharedDraws, sibling } from './site.ts';

export interface Names {
  readonly first: (draws: Draws, row: number) => string;
  readonly last: (draws: Draws, row: number) => string;
}

/** Where the locale's last names have a gender, or a column says one, both names follow it. */
export function namesOf(site: Site): Names {
  const { words } = site.tools.world;
  const told = sibling(site, 'gender');
  const shared = sharedDraws(site, 'gender');
  const gendered = told !== null || wordList(words, 'person', 'last_name', 'female').length > 0;
  const first = { all: nameList(words, 'first_name'), ...byGender(words, 'first_name') };
  const last = { all: nameList(words, 'last_name'), ...byGender(words, 'last_name') };
  const pick = (lists: typeof first) => (draws: Draws, row: number) =>
    draws.pick(gendered ? lists[genderOf(told?.(row) ?? null, shared, row)] : lists.all);
  return { first: pick(first), last: pick(last) };
}

function genderOf(told: unknown, shared: Draws, row: number): 'female' | 'male' {
  if (typeof told === 'string' && /^[fw]/i.test(told)) return 'female';
  if (typeof told === 'string' && /^m/i.test(told)) return 'male';
  return shared.at(row).chance(0.5) ? 'female' : 'male';
}

function byGender(
  words: Words,
  kind: string,
): { readonly female: readonly string[]; readonly male: readonly string[] } {
  const all = nameList(words, kind);
  const list = (gender: string) => {
    const own = wordList(words, 'person', kind, gender);
    return own.length > 0 ? own : all;
  };
  return { female: list('female'), male: list('male') };
}

export function nameList(words: Words, kind: string): readonly string[] {
  return remembered(words, `names ${kind}`, () => allNames(words, kind));
}

function allNames(words: Words, kind: string): readonly string[] {
  const parts = ['female', 'male', 'generic'].map((part) => wordList(words, 'person', kind, part));
  const generic = parts[2] as readonly string[];
  const all = kind === 'last_name' && generic.length > 20 ? generic : parts.flat();
  // Some locales keep a stand-in such as `-` where there is no such name.
  const kept = [...new Set(all.filter((name) => name.length > 1))];
  return kept.length > 0 ? kept : ['Alex', 'Kim', 'Robin'];
}
