import type { Description, RedisDescription } from '../../core/data/description.ts';
import { columnReference, namesIn } from '../../core/data/placeholders.ts';
import { suggestion } from '../../lib/suggestion.ts';
import { findTable } from '../seed/find-table.ts';
import { type Mistake, noColumn, noTable } from '../seed/mistake.ts';
import type { Schema } from '../seed/schema.ts';
import { keyTable, tableColumns, templateOf, valuesOf } from './references.ts';

/** Tables and columns that keys and values of Redis name, and other names that nothing stands for. */
export function checkRedisReferences({ redis = {} }: Description, schema: Schema): readonly Mistake[] {
  return Object.entries(redis).flatMap(([name, description]) => {
    const path = ['redis', name];
    const table = keyTable(description.key);
    const ofKey = tableColumns(description.key).flatMap((reference) =>
      checkReference(reference, schema, [...path, 'key']),
    );
    const ofValues = valuesOf(description).flatMap(({ inside, said, siblings }) =>
      namesIn(templateOf(said) ?? '').flatMap((word) => checkWord(word, table, siblings, schema, [...path, ...inside])),
    );
    return [
      ...ofKey,
      ...ofValues,
      ...circles(description.hash, [...path, 'hash']),
      ...circles(description.stream?.fields, [...path, 'stream', 'fields']),
    ];
  });
}

function checkWord(
  word: string,
  table: string | null,
  siblings: readonly string[],
  schema: Schema,
  path: readonly string[],
): readonly Mistake[] {
  const reference = columnReference(word);
  if (!reference) {
    const known = ['n', ...siblings.filter((name) => name !== path.at(-1))];
    if (known.includes(word)) return [];
    return [{ path, part: 'value', message: `{${word}} is nothing here${suggestion(word, known, { list: true })}` }];
  }
  if (reference.table !== table) {
    const message = `{${word}} is of no row: ${table === null ? 'the key names no table' : `keys are of \`${table}\``}`;
    return [{ path, part: 'value', message }];
  }
  return checkReference(reference, schema, path);
}

function checkReference(
  { table: name, column }: { readonly table: string; readonly column: string },
  schema: Schema,
  path: readonly string[],
): readonly Mistake[] {
  const table = findTable(schema, name);
  if (!table) return [{ path, part: 'value', message: noTable(schema, name) }];
  if (table.columns.some((candidate) => candidate.name === column)) return [];
  return [{ path, part: 'value', message: noColumn(table, column) }];
}

/** Fields whose templates need each other, of which none could be the first. */
function circles(fields: RedisDescription['hash'] = {}, path: readonly string[]): readonly Mistake[] {
  const needs = (name: string) => namesIn(templateOf(fields[name] ?? null) ?? '').filter((word) => word in fields);
  const isReached = (from: string, wanted: string, seen: readonly string[] = []): boolean =>
    needs(from).some((next) => next === wanted || (!seen.includes(next) && isReached(next, wanted, [...seen, next])));
  return Object.keys(fields)
    .filter((name) => !needs(name).includes(name) && isReached(name, name))
    .map((name) => ({ path: [...path, name], part: 'value', message: 'needs another field that needs this one' }));
}
