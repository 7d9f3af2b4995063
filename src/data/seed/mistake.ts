import { suggestion } from '../../lib/suggestion.ts';
import { type Schema, type Table, tableName } from './schema.ts';

/** Something wrong at a part of a description. */
export interface Mistake {
  readonly path: readonly string[];
  readonly part: 'key' | 'value';
  readonly message: string;
}

/** Also of one that several schemas have, which is then told by its schema. */
export function noTable(schema: Schema, name: string): string {
  const known = schema.tables.map(tableName);
  const same = schema.tables.filter((table) => table.name === name).map(tableName);
  if (same.length > 1) return `there are several: ${same.join(', ')}`;
  return `there is no table \`${name}\`${suggestion(name, known)}`;
}

export function noColumn(table: Table, name: string): string {
  const known = table.columns.map((column) => column.name);
  return `\`${tableName(table)}\` has no column \`${name}\`${suggestion(name, known)}`;
}
