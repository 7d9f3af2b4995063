import { ofFormat, slug, webAddress } from './formats.ts';
import type { Material } from './material.ts';
import { textMatching } from './pattern.ts';
import type { Schema } from './schema.ts';

type Make = (material: Material) => string;

/** However long a schema wants it. */
const LONGEST = 100_000;

const COUNTRIES = ['Germany', 'France', 'Japan', 'Canada', 'Brazil'];

/** What a string holds by the last words of its name. The first that fits decides. */
const BY_NAME: readonly (readonly [RegExp, Make])[] = [
  [/e-?mail$/, (material) => ofFormat('email', material) ?? ''],
  [/(url|uri|link|website|href)$/, webAddress],
  [/(date|day)$|^(due|deadline)/, (material) => ofFormat('date', material) ?? ''],
  [/(_at|time|timestamp)$/, (material) => ofFormat('date-time', material) ?? ''],
  [/(uuid|guid)$/, (material) => ofFormat('uuid', material) ?? ''],
  [/(^|_)(id|key|sku|code|slug)$/, slug],
  [/(title|headline|subject|heading)$/, ({ title }) => title()],
  [
    /(query|question|prompt|input|search|q)$/,
    ({ text, topic }) => (text.length > 0 && text.length <= 200 ? text : topic()),
  ],
  [
    /(city|location|place|destination|town|region|address|person|name|who|author|customer|company|brand|artist)$/,
    ({ names, topic }) => names[0] ?? topic(),
  ],
  [/country$/, ({ names, draws }) => names[0] ?? draws.pick(COUNTRIES)],
  [/currency$/, ({ text, draws }) => /\b(USD|EUR|GBP|JPY|CHF)\b/.exec(text)?.[0] ?? draws.pick(['USD', 'EUR'])],
  [/(language|lang|locale)$/, () => 'en'],
  [/(phone|tel|mobile)$/, ({ draws }) => `+1555010${draws.between(1000, 9999)}`],
  [
    /colou?r$/,
    ({ text, draws }) =>
      /\b(red|blue|green|yellow|black|white|grey|brown)\b/i.exec(text)?.[0] ?? draws.pick(['blue', 'green', 'red']),
  ],
  [/sentiment$|mood$/, ({ draws }) => draws.pick(['positive', 'neutral', 'negative'])],
  [/status$/, ({ draws }) => draws.pick(['open', 'active', 'done'])],
  [/(category|type|kind|topic|theme)$/, ({ keywords }) => keywords.at(-1) ?? 'general'],
  [/(tag|keyword|label|word)s?$/, ({ keywords, draws }) => (keywords.length > 0 ? draws.pick(keywords) : 'general')],
  [
    /(description|content|body|text|story|article|answer|message|response|reply|essay|details|explanation|reasoning|rationale)$/,
    ({ prose }) => prose(2),
  ],
  [/(summary|abstract|excerpt|reason|note|comment|output|result|step)s?$/, ({ prose }) => prose(1)],
];

export function stringFor(schema: Schema, name: string, material: Material): string {
  const least = Number(schema.minLength ?? 0);
  const most = Number(schema.maxLength ?? Infinity);
  const formatted = typeof schema.format === 'string' ? ofFormat(schema.format, material) : null;
  if (typeof schema.pattern === 'string') {
    const likely = [hinted(name, material), formatted, named(name, material), ...saidWords(schema.pattern, material)];
    const fitting = likely.find((text) => text !== null && fits(text, schema, least, most));
    return fitting ?? textMatching(schema.pattern, least, most, material.draws) ?? '';
  }
  if (formatted !== null) return formatted;
  return fitted(hinted(name, material) ?? named(name, material), least, most);
}

function named(name: string, material: Material): string {
  const key = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return (BY_NAME.find(([pattern]) => pattern.test(key))?.[1] ?? ((given: Material) => given.topic()))(material);
}

/** What the conversation says itself under that name. */
function hinted(name: string, { values }: Material): string | null {
  const value = values.get(name.toLowerCase());
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Words of the request, of which one may be what a pattern describes as a whole, such as the number of an order. */
function saidWords(pattern: string, { text }: Material): string[] {
  return pattern.startsWith('^')
    ? text
        .split(/[\s,;()"']+/)
        .map((word) => word.replace(/[.!?:]+$/, ''))
        .filter(Boolean)
    : [];
}

function fits(text: string, schema: Schema, least: number, most: number): boolean {
  try {
    return new RegExp(String(schema.pattern), 'u').test(text) && text.length >= least && text.length <= most;
  } catch {
    return false;
  }
}

/** Lengths are in characters, not UTF-16 units. */
function fitted(text: string, least: number, most: number): string {
  const characters = [...text];
  if (characters.length > most)
    return characters
      .slice(0, most)
      .join('')
      .replace(/\s+$/, (end) => 'x'.repeat(end.length));
  if (characters.length >= least) return text;
  const repeated = `${text || 'text'} `.repeat(
    Math.ceil(Math.min(least, LONGEST) / Math.max(1, characters.length + 1)) + 1,
  );
  return [...repeated]
    .slice(0, Math.min(most, Math.max(least, characters.length)))
    .join('')
    .replace(/ $/, 'x');
}
