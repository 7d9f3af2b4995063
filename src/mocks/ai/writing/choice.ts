import type { Draws } from '../../../lib/draws.ts';
import { wordsOf } from './words.ts';

const OPTION = `["'\`]?[\\w-]+["'\`]?`;
const JOIN = `(?:\\s*,\\s*(?:or\\s+|and\\s+)?|\\s*[/|]\\s*|\\s+or\\s+)`;
const LIST = new RegExp(
  `\\b(?:one of|either|only(?: with)?|classif\\w+[^.:]*?\\b(?:as|into)|label\\w* [^.:]*?\\bas|(?:answer|reply|respond)(?: only| just)?(?: with)?)\\b[^.\\w"'\`]*(${OPTION}(?:${JOIN}${OPTION})+)`,
  'i',
);

const GOOD = new Set(
  'good great love loved excellent amazing happy perfect wonderful best nice awesome fantastic'.split(' '),
);
const BAD = new Set(
  'bad terrible hate hated awful worst poor broken angry disappointed disappointing never refund'.split(' '),
);

/** The words among which a request wants one chosen: "Classify as positive, negative or neutral". */
export function optionsOf(request: string): string[] | null {
  const list = LIST.exec(request)?.[1];
  if (!list) return null;
  const options = list.split(new RegExp(JOIN)).map((option) => option.replace(/["'`]/g, '').trim());
  return options.length > 1 ? options : null;
}

/** One of the options: by its mood, by being named in the text, or drawn. */
export function chosen(options: readonly string[], text: string, draws: Draws): string {
  const words = wordsOf(text.toLowerCase());
  const mood = words.filter((word) => GOOD.has(word)).length - words.filter((word) => BAD.has(word)).length;
  const wanted = mood > 0 ? /^positive$/i : mood < 0 ? /^negative$/i : /^neutral$/i;
  return (
    options.find((option) => wanted.test(option)) ??
    options.find((option) => words.includes(option.toLowerCase())) ??
    draws.pick(options)
  );
}
