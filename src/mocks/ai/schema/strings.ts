import { ofFormat, saidInFormat } from './formats.ts';
import type { Material } from './material.ts';
import { type Meaning, meaningOf } from './meanings.ts';
import { textMatching } from './pattern.ts';
import { fieldFor } from './ranked.ts';
import { type Schema, typeOf } from './schema.ts';
import type { Wanted } from './wanted.ts';

/** However long a schema wants it. */
const LONGEST = 100_000;
/** In UTF-16 units, with the marks behind it. */
const LONGEST_WORD = 200;

export function stringFor(schema: Schema, wanted: Wanted, material: Material): string {
  const text = unmarked(schema, wanted, material);
  material.used.add(text);
  return text;
}

function unmarked(schema: Schema, wanted: Wanted, material: Material): string {
  const least = Number(schema.minLength ?? 0);
  const most = Number(schema.maxLength ?? Infinity);
  const formatted = typeof schema.format === 'string' ? inFormat(schema.format, wanted, material) : null;
  const meaning = meaningOf(wanted);
  const hinted = hintedFor(wanted, material);
  if (typeof schema.pattern === 'string') {
    const said = [hinted, formatted, ...saidOf(meaning, wanted, material), meaning.made(material)];
    const likely = [...said, ...saidWords(schema.pattern, material)].filter(
      (text): text is string => text !== null && text.length >= least && text.length <= most,
    );
    const { patterns, draws } = material;
    const made = patterns.made.of(schema.pattern);
    return patterns.said.of(schema.pattern)?.first(likely) ?? (made && textMatching(made, least, most, draws)) ?? '';
  }
  if (formatted !== null) return formatted;
  return fitted(hinted ?? saidOf(meaning, wanted, material)[0] ?? meaning.made(material), least, most);
}

function inFormat(format: string, wanted: Wanted, material: Material): string | null {
  return (
    saidInFormat(format, material, wanted) ??
    saidInFormat(format, ofBefore(material), wanted) ??
    ofFormat(format, material)
  );
}

function saidOf({ said }: Meaning, wanted: Wanted, material: Material): readonly string[] {
  const found = said(material, wanted);
  return found.length > 0 ? found : said(ofBefore(material), wanted);
}

function ofBefore(material: Material): Material {
  return { ...material, text: '', keywords: [], facts: material.earlier };
}

/** All that the conversation says for a list of such strings, in its order; empty where they are bound to a form. */
export function stringsSaid(schema: Schema, wanted: Wanted, material: Material): string[] {
  if (BOUND.some((key) => key in schema) || typeOf(schema) !== 'string') return [];
  const said = [...new Set(saidOf(meaningOf(wanted), wanted, material))];
  // What is named so is a list itself: "Skills: Python, Go and SQL".
  const [first = ''] = said;
  const isListed = first === fieldFor(material.facts.fields, wanted) && / and |, /.test(first);
  return isListed ? [...new Set(first.split(/, and |, | and /).filter(Boolean))] : said;
}

const BOUND = ['pattern', 'format', 'enum', 'const', 'minLength', 'maxLength', 'not', 'anyOf', 'oneOf'];

/** What the conversation says itself under that name. */
function hintedFor({ name }: Wanted, { values }: Material): string | null {
  const value = values.get(name.toLowerCase());
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Words of the request, of which one may be what a pattern describes as a whole, such as the number of an order. */
function saidWords(pattern: string, { text }: Material): string[] {
  return pattern.startsWith('^')
    ? text
        .split(/[\s,;()"']+/)
        .filter((word) => word.length <= LONGEST_WORD)
        .map((word) => word.replace(/[.!?:]{1,5}$/, ''))
        .filter(Boolean)
    : [];
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
