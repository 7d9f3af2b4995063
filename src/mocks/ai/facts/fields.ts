/** What a text gives a name to: "Name: Ann", "my name is Ann". */
export interface Field {
  /** Lower case, as it stands: "order number". */
  readonly name: string;
  readonly value: string;
}

const LONGEST_NAME = 40;
const LONGEST_VALUE = 300;
/** Bounded, so that no text makes it slow. */
const IS =
  /\b(?:my|the|our|his|her|their|its|your) ([\p{L}][\p{L}-]{1,20}(?: [\p{L}][\p{L}-]{1,20}){0,2}?)(?: is|'s| are| was|:|=) (?=([^\n]{1,200}))/giu;
/** What is told of somebody without naming it. */
const OF_PEOPLE: readonly (readonly [string, RegExp])[] = [
  [
    'name',
    /\b(?:I am called |[Cc]all me (?!at |on |by |when|if |back|tomorrow|later|as |to |in |about )|I'm called |(?:I am|I'm) (?=\p{Lu}\p{Ll}+(?:[.,!]| and |$)))([^\n.,;!?]{1,40})/u,
  ],
  ['age', /\b(?:I am|I'm|I've turned|turned) (\d{1,3})(?: years old)?\b/i],
  ['city', /\bI(?: live in|'m from| am from| come from) ([^\n.,;!?]{1,40})/i],
  ['job', /\b(?:I work as|I am|I'm|is) an? ((?:[a-z-]{2,20} ){0,2}(?:[a-z]{2,20}(?:er|or|ist|ian|ect|nurse|chef)))\b/i],
];
const ENDS = /\s(?:and|but|so|because|while) |[;!?](?:\s|$)|[.,](?:\s|$)/;

export function fieldsIn(text: string): Field[] {
  const lines = text.split(/\n|(?<=[.;!?]) /).flatMap(lineField);
  const told = [...text.matchAll(IS)].map(([, name = '', value = '']) => field(name, upToEnd(value)));
  const people = OF_PEOPLE.flatMap(([name, pattern]) => {
    const value = pattern.exec(text)?.[1];
    return value === undefined ? [] : [field(name, upToEnd(value))];
  });
  return [...lines, ...told, ...people].filter(({ value }) => value !== '');
}

/** `Name: value` or `Name = value`, as one line of a list or a form. */
function lineField(line: string): Field[] {
  const at = line.slice(0, LONGEST_NAME + 8).search(/[:=]\s/);
  if (at < 0) return [];
  const name = line
    .slice(0, at)
    .replace(/^[\s*•-]{1,8}/, '')
    .replace(/[*_]{1,4}$/, '')
    .trim();
  // Words and no sentence: what is asked for before a colon names nothing.
  return /^\p{L}[\p{L}\p{N} _-]*$/u.test(name) && name.split(' ').length <= 3
    ? [
        field(
          name,
          line
            .slice(at + 1, at + LONGEST_VALUE)
            .trim()
            .replace(/[.;!?]$/, ''),
        ),
      ]
    : [];
}

function field(name: string, value: string): Field {
  return { name: name.trim().toLowerCase(), value: value.trim() };
}

function upToEnd(value: string): string {
  const end = value.search(ENDS);
  return (end < 0 ? value : value.slice(0, end)).replace(/[.!?]{1,5}$/, '');
}
