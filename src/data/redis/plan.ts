import type { ColumnDescription, Count, RedisDescription } from '../../core/data/description.ts';
import { columnReference, namesIn } from '../../core/data/placeholders.ts';
import { Draws } from '../../lib/draws.ts';
import { durationMs } from '../../lib/duration.ts';
import { drawCount } from '../seed/links/counts.ts';
import type { World } from '../seed/values/index.ts';
import type { Fields, RedisEntry } from './entry.ts';
import { keyTable, tableColumns, templateOf, valuesOf } from './references.ts';
import { makerOf, type Place, type Row, scorer, writer } from './values.ts';

/** Keys of one description. */
export interface RedisPlan {
  readonly name: string;
  /** Each row of the table makes a key; of its columns these are needed. Null: `count` keys without rows. */
  readonly rows: { readonly table: string; readonly columns: readonly string[] } | null;
  readonly count: number | null;
  /** Key number `n`, a function of the seed, the description and the row. Null where nothing would be in it. */
  entry(n: number, row: Row | null): RedisEntry | null;
}

/** What is written into Redis, in the order of the descriptions. Makes no key yet. */
export function planRedis(redis: Readonly<Record<string, RedisDescription>>, world: World): readonly RedisPlan[] {
  return Object.entries(redis).map(([name, description]) => {
    const table = keyTable(description.key);
    const maker = keyMaker(name, description, world);
    return {
      name,
      rows: table === null ? null : { table, columns: neededColumns(description) },
      count: table === null ? (description.count ?? 1) : null,
      entry: maker,
    };
  });
}

function neededColumns(description: RedisDescription): readonly string[] {
  const texts = [description.key, ...valuesOf(description).map(({ said }) => templateOf(said) ?? '')];
  return [...new Set(texts.flatMap(tableColumns).map(({ column }) => column))];
}

type EntryMaker = RedisPlan['entry'];

function keyMaker(name: string, description: RedisDescription, world: World): EntryMaker {
  const keyOf = writer(description.key, makerOf({ template: description.key }, [name, 'key'], name, world));
  const ttlOf = lifetime(description.ttl, new Draws(world.seed, 'redis', name, 'ttl'));
  const contentOf = contentMaker(name, description, world);
  return (n, row) => {
    const place: Place = { n, element: null, row, sibling: () => null };
    const key = keyOf(place);
    const content = key === null ? null : contentOf(place);
    return key === null || !content ? null : { key, ttl: ttlOf(n), ...content };
  };
}

function lifetime(ttl: RedisDescription['ttl'], draws: Draws): (n: number) => number | null {
  if (ttl === undefined) return () => null;
  const [from = 0, to = 0] = (typeof ttl === 'string' ? [ttl, ttl] : ttl).map((text) => durationMs(text) ?? 0);
  const [least, most] = [Math.min(from, to), Math.max(from, to)];
  // Redis refuses a time of 0.
  return (n) => Math.max(1, draws.at(n).between(least, most));
}

type Content = RedisEntry extends infer Entry ? (Entry extends RedisEntry ? Omit<Entry, 'key' | 'ttl'> : never) : never;

function contentMaker(name: string, description: RedisDescription, world: World): (place: Place) => Content | null {
  const { string, hash, list, set, sortedSet, stream } = description;
  const text = (said: ColumnDescription, part: string) => writer(said, makerOf(said, [name, part], name, world));
  const sizes = (count: Count) => {
    const draw = drawCount(count);
    const draws = new Draws(world.seed, 'redis', name, 'size');
    return (n: number) => draw(draws.at(n));
  };
  if (string !== undefined) {
    const textOf = text(string, 'string');
    return (place) => {
      const value = textOf(place);
      return value === null ? null : { type: 'string', value };
    };
  }
  if (hash) {
    const fieldsOf = fieldMaker(hash, name, world);
    return (place) => ({ type: 'hash', fields: fieldsOf(place) });
  }
  if (list) {
    const [sizeOf, textOf] = [sizes(list.length), text(list.of, 'of')];
    return (place) => ({ type: 'list', values: elements(place, sizeOf(place.n), textOf) });
  }
  if (set) {
    const [sizeOf, textOf] = [sizes(set.size), text(set.of, 'of')];
    return (place) => ({ type: 'set', values: elements(place, sizeOf(place.n), textOf) });
  }
  if (sortedSet) {
    const { of, score } = sortedSet;
    const [sizeOf, textOf] = [sizes(sortedSet.size), text(of, 'of')];
    const scoreOf = scorer(score, makerOf(score, [name, 'score'], 'score', world), name);
    const memberOf = (place: Place) => pair(scoreOf(place), textOf(place));
    return (place) => ({ type: 'sortedSet', members: elements(place, sizeOf(place.n), memberOf) });
  }
  if (!stream) return () => null;
  const [sizeOf, fieldsOf] = [sizes(stream.length), fieldMaker(stream.fields, name, world)];
  return (place) => {
    const size = sizeOf(place.n);
    const entryOf = (inner: Place) => [entryId(world.now, inner.element ?? 0, size), fieldsOf(inner)] as const;
    return { type: 'stream', entries: elements(place, size, entryOf) };
  };
}

function pair(score: string, member: string | null): readonly [string, string] | null {
  return member === null ? null : [score, member];
}

/** One a second, the last one at the seed's "now". */
function entryId(now: number, element: number, size: number): string {
  return `${Math.max(0, now - (size - 1 - element) * 1000)}-${element + 1}`;
}

function* elements<T>(place: Place, size: number, make: (place: Place) => T | null): Iterable<T> {
  for (let element = 0; element < size; element += 1) {
    const made = make({ ...place, element });
    if (made !== null) yield made;
  }
}

/** Fields in the order of the description; a template takes the other fields of the same row, whatever their order. */
function fieldMaker(
  described: Readonly<Record<string, ColumnDescription>>,
  name: string,
  world: World,
): (place: Place) => Fields {
  const makers = Object.entries(described).map(([field, said]) => {
    return [field, writer(said, makerOf(said, [name, field], field, world))] as const;
  });
  const refersToOthers = Object.values(described).some((said) =>
    namesIn(templateOf(said) ?? '').some((word) => word !== 'n' && !columnReference(word)),
  );
  const byName = new Map(makers);
  return (place) => {
    const sibling = (field: string): string | null => byName.get(field)?.(inner) ?? null;
    const inner = refersToOthers ? { ...place, sibling } : place;
    return makers.flatMap(([field, make]) => {
      const value = make(inner);
      return value === null ? [] : [[field, value] as const];
    });
  };
}
