import { type Fact, factAt } from './fact.ts';

/** A day as it is written, and as ISO 8601 has it where it is told whole. */
export interface Day {
  readonly written: string;
  readonly iso: string | null;
  /** 0 for Sunday, where only the day of the week is told. */
  readonly weekday: number | null;
}

/** Of a date that is told without one; the values that are drawn are of this year too. */
const USUAL_YEAR = 2025;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';

type Read = (match: RegExpMatchArray) => string | null;

/** How whole dates are written; what stands between the brackets is year, month and day in an order of their own. */
const WHOLE: readonly (readonly [RegExp, Read])[] = [
  [/(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\d-])/g, ([, year, month, day]) => isoOf(year, month, day)],
  [/(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\w])/g, ([, day, month, year]) => isoOf(year, month, day)],
  [/(?<![\w/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\w/])/g, ([, month, day, year]) => isoOf(year, month, day)],
  [
    new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?!\\w)`, 'gi'),
    ([, month, day, year]) => isoOf(year, monthOf(month), day),
  ],
  [
    new RegExp(`(?<!\\w)(\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)? ${MONTH}(?:,? (\\d{4}))?(?!\\w)`, 'gi'),
    ([, day, month, year]) => isoOf(year, monthOf(month), day),
  ],
];

const VAGUE = new RegExp(
  `\\b(?:(?:next|this|last) (?:week|month|year|weekend|${WEEKDAYS.join('|')})|today|tonight|tomorrow|yesterday|(?:${WEEKDAYS.join('|')})(?!\\w))\\b`,
  'gi',
);

export function daysIn(text: string): Fact<Day>[] {
  const whole = WHOLE.flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const iso = read(match);
      return iso === null ? [] : [dayAt(text, match, { written: match[0], iso, weekday: null })];
    }),
  );
  const vague = [...text.matchAll(VAGUE)].map((match) => {
    const weekday = WEEKDAYS.findIndex((day) => match[0].toLowerCase().endsWith(day));
    return dayAt(text, match, { written: match[0], iso: null, weekday: weekday < 0 ? null : weekday });
  });
  return [...whole, ...vague].sort((a, b) => a.at - b.at);
}

const TIME = /(?<![\w:.,-])(\d{1,2})(?::(\d\d))?(?::\d\d)? ?([ap]\.?m\b\.?)?(?![\w:-])/gi;

/** Times of a day, as `HH:MM`: "3 pm", "15:30". */
export function timesIn(text: string): Fact[] {
  return [...text.matchAll(TIME)].flatMap((match) => {
    const [written, hour = '', minute = '00', half = ''] = match;
    if (match[2] === undefined && half === '') return [];
    const isLate = half.toLowerCase().startsWith('p');
    const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (isLate ? 12 : 0);
    if (hours > 23 || Number(minute) > 59 || (half !== '' && Number(hour) > 12)) return [];
    return [factAt(text, `${String(hours).padStart(2, '0')}:${minute}`, match.index, written.trimEnd().length)];
  });
}

function dayAt(text: string, match: RegExpMatchArray, day: Day): Fact<Day> {
  return factAt(text, day, match.index ?? 0, match[0].length);
}

function monthOf(name = ''): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

/** Null for a day that no calendar has. */
function isoOf(year = String(USUAL_YEAR), month = '', day = ''): string | null {
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? null : iso;
}
