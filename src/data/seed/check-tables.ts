import type { ColumnDescription, Description, TableDescription } from '../../core/data/description.ts';
import { namesIn } from '../../core/data/placeholders.ts';
import { suggestion } from '../../lib/suggestion.ts';
import { findTable } from './find-table.ts';
import { type Mistake, noColumn, noTable } from './mistake.ts';
import { baseOf, type Column, type Schema, type Table, tableName } from './schema.ts';
import { refusesNull } from './types.ts';

/** What a description says of tables that the schema of the database doesn't have or doesn't allow. */
export function checkTables({ tables = {} }: Description, schema: Schema): readonly Mistake[] {
  return Object.entries(tables).flatMap(([name, description]) => {
    const path = ['tables', name];
    const table = findTable(schema, name);
    if (!table) return [{ path, part: 'key', message: noTable(schema, name) }];
    const columns = Object.entries(description.columns ?? {});
    return [
      ...checkParent(table, description, schema, path),
      ...columns.flatMap(([column, said]) => checkColumn(table, column, said, [...path, 'columns', column])),
    ];
  });
}

function checkParent(
  table: Table,
  { perParent }: TableDescription,
  schema: Schema,
  above: readonly string[],
): readonly Mistake[] {
  if (!perParent) return [];
  const path = [...above, 'perParent', 'table'];
  const parent = findTable(schema, perParent.table);
  if (!parent) return [{ path, part: 'value', message: noTable(schema, perParent.table) }];
  const parents = table.foreignKeys.map(({ references }) => ({ schema: references.schema, name: references.table }));
  if (parents.some((one) => one.schema === parent.schema && one.name === parent.name)) return [];
  const known = [...new Set(parents.map(tableName))];
  const others = known.length === 0 ? '; it refers to nothing' : `; it refers to ${known.join(', ')}`;
  const message = `\`${tableName(table)}\` has no foreign key to \`${tableName(parent)}\`${others}`;
  return [{ path, part: 'value', message }];
}

function checkColumn(table: Table, name: string, said: ColumnDescription, path: readonly string[]): readonly Mistake[] {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) return [{ path, part: 'key', message: noColumn(table, name) }];
  if (column.generated)
    return [{ path, part: 'key', message: 'is computed by the database: nothing can be said of it' }];
  return [
    ...checkNull(column, said, path),
    ...checkLabels(column, said, path),
    ...checkTemplate(table, name, said, path),
  ];
}

function checkNull(column: Column, said: ColumnDescription, path: readonly string[]): readonly Mistake[] {
  if (!column.notNull && !refusesNull(column.type)) return [];
  const message = 'the column is NOT NULL';
  if (said === null) return [{ path, part: 'value', message }];
  if (typeof said !== 'object') return [];
  if ('null' in said && (said.null ?? 0) > 0) return [{ path: [...path, 'null'], part: 'value', message }];
  return 'oneOf' in said && Array.isArray(said.oneOf) && said.oneOf.includes(null)
    ? [{ path: [...path, 'oneOf'], part: 'value', message }]
    : [];
}

/** Values that are no labels of an enum. */
function checkLabels(column: Column, said: ColumnDescription, path: readonly string[]): readonly Mistake[] {
  const type = baseOf(column.type);
  if (type.kind !== 'enum') return [];
  const inside = typeof said === 'object' && said !== null && 'oneOf' in said;
  const given = inside ? (Array.isArray(said.oneOf) ? said.oneOf : Object.keys(said.oneOf)) : [said];
  const values = given.filter((value): value is string => typeof value === 'string');
  return values
    .filter((value) => !type.labels.includes(value))
    .map((value) => ({
      path: inside ? [...path, 'oneOf'] : path,
      part: 'value',
      message: `\`${value}\` is no label of ${type.name}${suggestion(value, type.labels, { list: true })}`,
    }));
}

function checkTemplate(
  table: Table,
  name: string,
  said: ColumnDescription,
  path: readonly string[],
): readonly Mistake[] {
  if (typeof said !== 'object' || said === null || !('template' in said)) return [];
  const known = new Set(['row', ...table.columns.map((column) => column.name)]);
  return namesIn(said.template).flatMap((word): readonly Mistake[] => {
    if (word === name)
      return [{ path: [...path, 'template'], part: 'value', message: `{${word}} is the column itself` }];
    return known.has(word) ? [] : [{ path: [...path, 'template'], part: 'value', message: noColumn(table, word) }];
  });
}
