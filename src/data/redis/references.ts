import type { ColumnDescription, RedisDescription } from '../../core/data/description.ts';
import { columnReference, namesIn } from '../../core/data/placeholders.ts';

/** The table whose rows make keys; null for keys that are counted. */
export function keyTable(key: string): string | null {
  return tableColumns(key)[0]?.table ?? null;
}

interface Value {
  readonly inside: readonly string[];
  readonly said: ColumnDescription;
  /** Fields of the same hash or entry. */
  readonly siblings: readonly string[];
}

/** Everything in a description of keys that makes a value. */
export function valuesOf(description: RedisDescription): readonly Value[] {
  const { string, hash, list, set, sortedSet, stream } = description;
  const one = (said: ColumnDescription | undefined, ...inside: readonly string[]): readonly Value[] =>
    said === undefined ? [] : [{ inside, said, siblings: [] }];
  const fields = (all: Readonly<Record<string, ColumnDescription>> = {}, ...inside: readonly string[]) =>
    Object.entries(all).map(([name, said]) => ({ inside: [...inside, name], said, siblings: Object.keys(all) }));
  return [
    ...one(string, 'string'),
    ...fields(hash, 'hash'),
    ...one(list?.of, 'list', 'of'),
    ...one(set?.of, 'set', 'of'),
    ...one(sortedSet?.of, 'sortedSet', 'of'),
    ...one(sortedSet?.score, 'sortedSet', 'score'),
    ...fields(stream?.fields, 'stream', 'fields'),
  ];
}

/** Columns of tables that a text names. */
export function tableColumns(text: string): readonly { readonly table: string; readonly column: string }[] {
  return namesIn(text).flatMap((word) => columnReference(word) ?? []);
}

/** A text to be filled in; null for anything else. Of constants only one like `{users.email}`: others may hold JSON. */
export function templateOf(said: ColumnDescription): string | null {
  if (typeof said === 'string') return isReferences(namesIn(said)) ? said : null;
  return typeof said === 'object' && said !== null && 'template' in said ? said.template : null;
}

function isReferences(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(name));
}
