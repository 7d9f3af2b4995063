import type { ColumnDescription, Constant } from '../../../core/data/description.ts';
import { Misdescribed } from '../../../core/data/misdescribed.ts';
import { fits } from '../checks/index.ts';
import { type Alternative, ANY } from '../domain.ts';
import { type Column, type Table, tableName } from '../schema.ts';
import { converted } from '../values/converted.ts';

/**
 * Columns described by values of which the checks, as far as they are understood, leave none: should Postgres refuse one of
 * them, no other try can help.
 */
export function forbiddenValues(
  table: Table,
  description: Readonly<Record<string, ColumnDescription>> | undefined,
  alternatives: readonly Alternative[],
): ReadonlyMap<string, Misdescribed> {
  const found = new Map<string, Misdescribed>();
  for (const column of table.columns) {
    const values = constantsOf(description?.[column.name]);
    if (values.length === 0 || values.some((value) => isAllowed(column, value, alternatives))) continue;
    const name = tableName(table);
    const [path, said] = [['tables', name, 'columns', column.name], values.join(', ')];
    found.set(column.name, new Misdescribed(path, `${name}.${column.name}`, said, 'a value that its checks allow'));
  }
  return found;
}

function constantsOf(said: ColumnDescription | undefined): readonly Constant[] {
  if (said === undefined || said === null || typeof said === 'function') return [];
  if (typeof said !== 'object') return [said];
  if (!('oneOf' in said)) return [];
  return Array.isArray(said.oneOf) ? said.oneOf : Object.keys(said.oneOf);
}

function isAllowed({ name, type }: Column, constant: Constant, alternatives: readonly Alternative[]): boolean {
  const result = converted(constant, type);
  return 'wanted' in result || alternatives.some(({ domains }) => fits(result.value, domains.get(name) ?? ANY));
}
