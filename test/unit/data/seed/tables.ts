import type { Check, Column, ForeignKey, Schema, Table, Type } from '../../../../src/data/seed/schema.ts';
import { columnOf, foreignKey, scalar, tableOf, uniqueOf } from './schema-of.ts';

/**
 * A schema in few words: `schemaOf({ users: { id: 'int4 key', email: 'text! unique', team: 'int4 > teams.id' } })`. After
 * the type `!` is NOT NULL, `key` the primary key (one or several columns), `unique` unique alone, `> table.column` a
 * foreign key; `a|b` is an enum, `generated` a computed column.
 */
export function schemaOf(
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>,
  more: Readonly<Record<string, Partial<Table>>> = {},
): Schema {
  return { tables: Object.entries(tables).map(([name, columns]) => ({ ...parsed(name, columns), ...more[name] })) };
}

export function check(expression: string): Check {
  return { name: 'check', expression };
}

function parsed(fullName: string, columns: Readonly<Record<string, string>>): Table {
  const { schema, name } = split(fullName);
  const entries = Object.entries(columns).map(([column, text]) => ({ column, words: text.split(' ') }));
  const having = (word: string) => entries.filter(({ words }) => words.includes(word)).map(({ column }) => column);
  const key = having('key');
  return tableOf(name, {
    schema,
    columns: entries.map(({ column, words }) => parsedColumn(column, words)),
    uniques: [
      ...(key.length > 0 ? [uniqueOf(key, { primary: true })] : []),
      ...having('unique').map((column) => uniqueOf([column])),
    ],
    foreignKeys: entries.flatMap(({ column, words }) => parsedKey(column, words)),
  });
}

function split(fullName: string) {
  const [first = '', second] = fullName.split('.');
  return second === undefined ? { schema: 'public', name: first } : { schema: first, name: second };
}

function parsedColumn(name: string, words: readonly string[]): Column {
  const [type = ''] = words;
  const notNull = type.endsWith('!') || words.includes('key');
  return columnOf(name, '', { type: typeOf(type.replace('!', '')), notNull, generated: words.includes('generated') });
}

function typeOf(text: string): Type {
  if (text.includes('|')) return { kind: 'enum', name: 'kind', labels: text.split('|') };
  const [name = '', length] = text.split(':');
  return scalar(name, { length: length ? Number(length) : null });
}

function parsedKey(column: string, words: readonly string[]): readonly ForeignKey[] {
  const at = words.indexOf('>');
  if (at < 0) return [];
  const target = words[at + 1] ?? '';
  const dot = target.lastIndexOf('.');
  const { schema, name } = split(target.slice(0, dot));
  const key = foreignKey([column], name, [target.slice(dot + 1)]);
  return [{ ...key, references: { ...key.references, schema } }];
}
