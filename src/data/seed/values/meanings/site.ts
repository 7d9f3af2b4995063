import { Draws } from '../../../../lib/draws.ts';
import type { Column, Table, Type } from '../../schema.ts';
import { isScalar } from '../../types.ts';
import type { Value } from '../../value.ts';
import type { Source } from '../source.ts';
import { type TextList, textSource, type Wording } from '../text.ts';
import { drawsOf, lengthsOf, type Tools } from '../tools.ts';
import { type Match, type MeaningName, matchComment, matchName, subjectOf } from './dictionary.ts';

/** A column whose name means something, in its table. */
export interface Site {
  readonly tools: Tools;
  /** Words that tell this one from others of the same meaning: `billing` in `billing_city`. */
  readonly group: string;
  /** What the table holds, in singular. */
  readonly subject: string;
}

export type Builder = (site: Site) => Source | null;

export function meaningOf(
  column: { readonly name: string; readonly comment: string | null },
  table: Table,
): Match | null {
  const subject = subjectOf(table.name);
  const named = matchName(column.name, subject);
  if (named) return named;
  const told = column.comment ? matchComment(column.comment) : null;
  return told && { meaning: told, group: '' };
}

/** What another column of the same row has, of one of these meanings and the same group; the first that there is. */
export function sibling(site: Site, ...meanings: readonly MeaningName[]): ((row: number) => Value) | null {
  const { context } = site.tools;
  if (site.tools.path.length > 1) return null;
  for (const meaning of meanings) {
    const column = context.table.columns.find((candidate) => isSibling(site, candidate, meaning));
    if (column) return (row) => context.other(column.name, row);
  }
  return null;
}

function isSibling(site: Site, column: Column, meaning: MeaningName): boolean {
  const { table, column: own } = site.tools.context;
  if (column.name === own.name || column.generated) return false;
  const match = meaningOf(column, table);
  return match?.meaning === meaning && match.group === site.group;
}

/** Numbers that several columns of a group share, so that what they are about is the same in each row. */
export function sharedDraws({ tools, group }: Site, about: string): Draws {
  const { schema, name } = tools.context.table;
  return new Draws(tools.world.seed, schema, name, ...tools.path.slice(0, -1), about, group);
}

export function worded(site: Site, wording: Wording): Source {
  const { tools } = site;
  return textSource(wording, lengthsOf(tools.type, tools.domain), tools.domain, drawsOf(tools, 'distinct'));
}

/** One of a list; unique ones are the list, then its texts with numbers. */
export function oneOf(site: Site, texts: readonly string[], joint?: string): Source {
  return worded(site, { draw: (draws) => draws.pick(texts), list: textList(texts), joint });
}

/** Texts of which no two differ in upper and lower case alone, and none ends in a digit. */
export function textList(texts: readonly string[]): TextList {
  const known = new Set<string>();
  const items = texts.filter((text) => {
    const key = text.toLowerCase();
    if (known.has(key) || /\d$/.test(key) || key.trim() !== key) return false;
    known.add(key);
    return true;
  });
  const longest = items.reduce((length, text) => Math.max(length, text.length), 0);
  return { size: items.length, longest, at: (index) => items[index] as string };
}

export function isNumber(type: Type): boolean {
  return isScalar(type, 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'money');
}

export function isWhole(type: Type): boolean {
  return type.kind === 'scalar' && (/^int\d/.test(type.name) || (type.name === 'numeric' && type.scale === 0));
}
