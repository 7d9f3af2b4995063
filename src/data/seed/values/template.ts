import { placeholders } from '../../../core/data/placeholders.ts';
import { suggestion } from '../../../lib/suggestion.ts';
import type { Column } from '../schema.ts';
import { isText } from '../types.ts';
import { encoderOf } from './codec.ts';
import { asValue, describedTexts, refused } from './described-value.ts';
import type { Source } from './source.ts';
import { lengthsOf, type Tools } from './tools.ts';

export function templateSource(tools: Tools, template: string): Source {
  const parts = placeholders(template);
  if (!parts) throw refused(tools, `template: ${template}`, 'text with names of columns between braces');
  const makers = parts.map((part) => (typeof part === 'string' ? () => part : columnText(tools, part.name)));
  const text = (row: number, until = makers.length) => {
    let made = '';
    for (let index = 0; index < until; index += 1) made += makers[index]?.(row) ?? '';
    return made;
  };
  if (!isText(tools.type)) return { draw: (_, row) => asValue(tools, text(row)) };
  const last = parts.at(-1);
  const source =
    typeof last === 'string'
      ? describedTexts(tools, (_, row) => text(row, makers.length - 1), last)
      : describedTexts(tools, (_, row) => text(row));
  // The row's number makes texts differ already, unless what is beside it could be taken for a part of it.
  const numbered = /(^|[^}\d])\{ *row *\}($|[^{\d])/.test(template) && parts.length <= 3;
  const { most } = lengthsOf(tools.type, tools.domain);
  const distinct = { size: Number.MAX_SAFE_INTEGER, at: (row: number) => text(row) };
  return numbered && most === null ? { ...source, distinct } : source;
}

function columnText(tools: Tools, name: string): (row: number) => string {
  if (name === 'row') return String;
  const { table, other } = tools.context;
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) {
    const names = table.columns.map((candidate: Column) => candidate.name);
    throw refused(tools, `template: {${name}}`, `there is no such column${suggestion(name, names)}`);
  }
  const encode = encoderOf(column.type);
  return (row) => {
    const value = other(name, row);
    return value === null ? '' : encode(value);
  };
}
