import type { Constant } from '../../../core/data/description.ts';
import { Misdescribed } from '../../../core/data/misdescribed.ts';
import type { Draws } from '../../../lib/draws.ts';
import { tableName } from '../schema.ts';
import type { Value } from '../value.ts';
import { converted } from './converted.ts';
import type { Source } from './source.ts';
import { textSource } from './text.ts';
import { drawsOf, lengthsOf, type Tools } from './tools.ts';

export function describedTexts(tools: Tools, draw: (draws: Draws, row: number) => string, ending?: string): Source {
  const wording = { draw, ...(ending ? { ending: () => ending, joint: '' } : {}) };
  return textSource(wording, lengthsOf(tools.type, tools.domain), tools.domain, drawsOf(tools, 'distinct'));
}

export function asValue(tools: Tools, constant: Constant): Value {
  if (constant === null && tools.required) throw refused(tools, 'null of a column that must have a value', 'a value');
  const result = converted(constant, tools.type);
  if ('wanted' in result) throw refused(tools, String(constant), result.wanted);
  return result.value;
}

export function typeName({ type }: Tools): string {
  return 'name' in type ? type.name : 'domain';
}

export function refused({ context: { table, column } }: Tools, said: string, wanted: string): Misdescribed {
  const name = tableName(table);
  const path =
    table.schema === 'redis' ? ['redis', ...table.name.split('.')] : ['tables', name, 'columns', column.name];
  return new Misdescribed(path, `${name}.${column.name}`, said, wanted);
}
