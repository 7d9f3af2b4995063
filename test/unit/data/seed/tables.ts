import type { Check, Column, ForeignKey, Schema, Table, Type, Unique } from '../../../../src/data/seed/schema.ts';

/**
 * A schema in few words: `schemaOf({ users: { id: 'int4 key', email: 'text! unique', team: 'int4 > teams.id' } })`. After
 * the type `!` is NOT NULL, `key` the primary key (one or several columns), `unique` unique alone, `> table.column` a
 * foreign key; `a|b` is an enum, `generated` a computed column.
 */
export function schemaOf(
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>,
  more: Readonly<Record<string, Partial<Table>>> = {},
): Schema {
  return { tables: Object.entries(tables).map(([name, columns]) => ({ ...tableOf(name, columns), ...more[name] })) };
}

function tableOf(fullName: string, columns: Readonly<Record<string, string>>): Table {
  const { schema, name } = split(fullName);
  const entries = Object.entries(columns).map(([column, text]) => ({ column, words: text.split(' ') }));
  const key = entries.filter(({ words }) => words.includes('key')).map(({ column }) => column);
  return {
    schema,
    name,
    columns: entries.map(({ column, words }) => columnOf(column, words)),
    uniques: [
      ...(key.length > 0 ? [uniqueOf(`${name}_pkey`, key, true)] : []),
      ...entries
        .filter(({ words }) => words.includes('unique'))
        .map(({ column }) => uniqueOf(`${name}_${column}_key`, [column], false)),
    ],
    foreignKeys: entries.flatMap(({ column, words }) => foreignKey(name, column, words)),
    checks: [],
    exclusions: [],
    partitions: null,
    comment: null,
    rows: 0,
    triggers: [],
  };
}

function split(fullName: string) {
  const [first = '', second] = fullName.split('.');
  return second === undefined ? { schema: 'public', name: first } : { schema: first, name: second };
}

function columnOf(name: string, words: readonly string[]): Column {
  const [type = ''] = words;
  return {
    name,
    type: typeOf(type.replace('!', '')),
    notNull: type.endsWith('!') || words.includes('key'),
    default: null,
    identity: null,
    generated: words.includes('generated'),
    sequence: null,
    comment: null,
  };
}

function typeOf(text: string): Type {
  if (text.includes('|')) return { kind: 'enum', name: 'kind', labels: text.split('|') };
  const [name = '', length] = text.split(':');
  return { kind: 'scalar', name, length: length ? Number(length) : null, precision: null, scale: null };
}

function uniqueOf(name: string, columns: readonly string[], primary: boolean): Unique {
  return { name, primary, parts: columns.map((column) => ({ column })), predicate: null, nullsNotDistinct: false };
}

function foreignKey(table: string, column: string, words: readonly string[]): readonly ForeignKey[] {
  const at = words.indexOf('>');
  if (at < 0) return [];
  const target = words[at + 1] ?? '';
  const dot = target.lastIndexOf('.');
  const { schema, name } = split(target.slice(0, dot));
  return [
    {
      name: `${table}_${column}_fkey`,
      columns: [column],
      references: { schema, table: name, columns: [target.slice(dot + 1)] },
      matchFull: false,
      deferrable: false,
      period: false,
    },
  ];
}

export function check(expression: string): Check {
  return { name: 'check', expression };
}
