import { type Fact, factAt } from './fact.ts';

/** Languages with their codes of ISO 639-1. */
export const LANGUAGES: ReadonlyMap<string, string> = new Map(
  `English en,German de,French fr,Spanish es,Italian it,Portuguese pt,Dutch nl,Polish pl,Swedish sv,Danish da,Norwegian no,
  Finnish fi,Czech cs,Greek el,Turkish tr,Russian ru,Ukrainian uk,Arabic ar,Hebrew he,Hindi hi,Japanese ja,Chinese zh,
  Korean ko,Latin la`
    .split(/,\s*/)
    .map((entry) => entry.split(' ') as [string, string]),
);

const NAMED = new RegExp(`(?<!\\p{L})(?:${[...LANGUAGES.keys()].join('|')})(?!\\p{L})`, 'gu');

export function languagesIn(text: string): Fact[] {
  return [...text.matchAll(NAMED)].map(({ 0: name, index }) => factAt(text, name, index, name.length));
}
