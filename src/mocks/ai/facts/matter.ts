/** What a request wants written, sent, kept or looked for, as it puts it itself. */
export interface Matter {
  readonly quotes: readonly string[];
  /** Behind "saying", "that says", "to tell him that". */
  readonly said: string | null;
  /** Behind "about", "regarding", "subject". */
  readonly about: string | null;
  /** Behind "remind me to", "a task to". */
  readonly deed: string | null;
  /** Behind "search for", "look up". */
  readonly sought: string | null;
  /** Things with an article or a number before them, and appointments: "science fair". */
  readonly things: readonly string[];
  readonly events: readonly string[];
  /** Something to compute: "12*7". */
  readonly sum: string | null;
}

const QUOTES = /["“`]([^"”`\n]{1,300})["”`]|(?<![\p{L}\p{N}])'([^'\n]{1,300})'(?!\p{L})/gu;
const SAID =
  /\b(?:saying|(?:[Mm]ail|[Ee]-?mail|[Tt]ext|[Mm]essage|[Ii]nform|[Nn]otify|[Tt]ell|[Rr]emind) (?:him|her|them|\p{Lu}\p{L}{1,30}) (?=that )|that says?|(?:and |to )tell (?:him|her|them|\p{Lu}\p{L}{1,30}) (?:that )?|with the (?:message|text|words?)|that reads)\b:? ?(?:that )?([^\n"]{2,300})/u;
const ABOUT =
  /\b(?:about|regarding|concerning|on the subject of|with the subject|entitled|titled|re:) ([^\n"]{1,200}?)(?= (?:saying|that says|and (?:say|tell))\b|[\n"]|[.!?;](?:\s|$)|$)/i;
const DEED =
  /\b(?:remind (?:me|us|him|her|them) (?:to|about)|(?:task|to-?do|reminder|note|ticket)(?: item)?(?: to|:)|to-?do list:?) ([^\n"]{2,200})/i;
const SOUGHT =
  /\b(?:search(?: the (?:web|internet|docs|catalog|database))?(?: for)?|look(?: up| for)|find(?: me)?|google) ([^\n"]{2,300})/i;
const SUM =
  /(?<![\w.])(?:\( ?){0,3}-?\d[\d.]{0,15}(?: ?\)){0,3}(?: ?[-+*/×x^%] ?(?:\( ?){0,3}-?\d[\d.]{0,15}(?: ?\)){0,3}){1,20}(?!\w)/;
const THING =
  /(?<![\w.,-])(?:an?|the|our|my|this|new|\d{1,4}|two|three|four|five|six) ((?:\p{L}[\p{L}-]{1,25} ){0,2}\p{L}[\p{L}-]{1,25})/giu;
const EVENT =
  /((?:\p{L}[\p{L}'-]{1,25} ){0,2})\b(meeting|fair|party|dinner|lunch|breakfast|conference|call|appointment|wedding|birthday|concert|workshop|interview|webinar|festival|meetup|trip|game|match|class|lesson|launch|review|sync|standup|demo|training|exam|event|ceremony|exhibition|hackathon|picnic|retreat)\b/giu;
/** Words that end the name of a thing, or can't begin it. */
const NO_PART =
  /^(?:a|an|the|my|our|your|his|her|their|this|that|these|of|on|in|at|to|for|from|with|and|or|is|are|was|were|be|by|next|last|tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|schedule|set|book|add|create|plan|have|has|having|i|we|you|me|us|it|go|going|attend|attending|who|which|as|up|please|can|could|will|would|should|about|until|before|after)$/i;

export function matterOf(text: string): Matter {
  return {
    quotes: [...text.matchAll(QUOTES)].map(([, double, single]) => double ?? single ?? ''),
    said: phrase(SAID, text),
    about: phrase(ABOUT, text),
    deed: phrase(DEED, text),
    sought: SOUGHT.exec(text)?.[1]?.replace(/[\s.?!]{1,10}$/, '') ?? null,
    things: [...text.matchAll(THING)].flatMap(([, words = '']) => thing(words.split(' '))),
    events: [...text.matchAll(EVENT)].map(([, before = '', event = '']) =>
      [...lastParts(before.trim().split(' ')), event].join(' '),
    ),
    sum: sumIn(text),
  };
}

/** Digits with nothing but hyphens between them are a date or a number of something. */
function sumIn(text: string): string | null {
  const sum = SUM.exec(text)?.[0] ?? null;
  return sum === null || /^\d[\d-]*-\d[\d-]*$/.test(sum) ? null : sum;
}

function phrase(pattern: RegExp, text: string): string | null {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) return null;
  const end = found.search(/[.!?;](?:\s|$)/);
  const words = (end < 0 ? found : found.slice(0, end)).trim();
  return words === '' ? null : words;
}

/** The words up to the first that is no part of a name. */
function thing(words: readonly string[]): string[] {
  const end = words.findIndex((word) => NO_PART.test(word));
  const kept = end < 0 ? words : words.slice(0, end);
  return kept.length === 0 ? [] : [kept.join(' ')];
}

function lastParts(words: readonly string[]): string[] {
  const start = words.findLastIndex((word) => NO_PART.test(word));
  return words.slice(start + 1).filter(Boolean);
}
