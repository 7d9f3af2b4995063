import type { Draws } from '../../../lib/draws.ts';
import { moodOf } from '../facts/mood.ts';
import { saidAmong } from '../schema/options.ts';

const OPTION = `["'\`]?[\\w-]+["'\`]?`;
const JOIN = `(?:\\s*,\\s*(?:or\\s+|and\\s+)?|\\s*[/|]\\s*|\\s+or\\s+)`;
const LIST = new RegExp(
  `\\b(?:one of|either|(?:sentiment|tone|mood|category):?|only(?: with)?|classif\\w+[^.:]*?\\b(?:as|into)|label\\w* [^.:]*?\\bas|(?:answer|reply|respond)(?: only| just)?(?: with)?(?: only| just| exactly| either)?)\\b[^.\\w"'\`]*(${OPTION}(?:${JOIN}${OPTION})+)`,
  'i',
);

/** The words among which a request wants one chosen: "Classify as positive, negative or neutral". */
export function optionsOf(request: string): string[] | null {
  const list = LIST.exec(request)?.[1];
  if (!list) return null;
  const options = list.split(new RegExp(JOIN)).map((option) => option.replace(/["'`]/g, '').trim());
  return options.length > 1 ? options : null;
}

/** One of the options: by its mood, by being named in the text, or drawn; to a question rather yes than no. */
export function chosen(options: readonly string[], text: string, draws: Draws): string {
  const yes = options.find((option) => /^yes$/i.test(option));
  if (yes !== undefined && options.length === 2) return draws.chance(0.8) ? yes : (other(options, yes) ?? yes);
  const material = withoutOptions(text);
  const mood = moodOf(material);
  const wanted = mood > 0 ? /^positive$/i : mood < 0 ? /^negative$/i : /^neutral$/i;
  return options.find((option) => wanted.test(option)) ?? saidAmong(options, material)[0] ?? draws.pick(options);
}

function other(options: readonly string[], one: string): string | undefined {
  return options.find((option) => option !== one);
}

/** The text that is to be judged, where the options stand before it in the same message. */
function withoutOptions(text: string): string {
  const list = LIST.exec(text);
  return list ? text.slice(list.index + list[0].length) : text;
}
