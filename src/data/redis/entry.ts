/** A key with all that is in it. What may be long is made while it is read. */
export type RedisEntry = {
  readonly key: string;
  /** Milliseconds that it lives from when it is written; null: for ever. */
  readonly ttl: number | null;
} & (
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'hash'; readonly fields: Fields }
  | { readonly type: 'list' | 'set'; readonly values: Iterable<string> }
  | { readonly type: 'sortedSet'; readonly members: Iterable<readonly [score: string, member: string]> }
  | { readonly type: 'stream'; readonly entries: Iterable<readonly [id: string, fields: Fields]> }
);

export type Fields = readonly (readonly [name: string, value: string])[];

/** The name of a command and its arguments. */
export type Command = readonly string[];

/** How many values one command adds: many fewer would cost time, many more would keep others waiting. */
const VALUES = 256;

/** What writes a key, without how long it lives. None where nothing is in it: Redis has no empty lists. */
export function writesOf(entry: RedisEntry): Iterable<Command> {
  const { key } = entry;
  switch (entry.type) {
    case 'string':
      return [['SET', key, entry.value]];
    case 'hash':
      return fewFields(entry.key, entry.fields) ?? chunks(['HSET', key], entry.fields);
    case 'list':
      return chunks(['RPUSH', key], single(entry.values));
    case 'set':
      return chunks(['SADD', key], single(entry.values));
    case 'sortedSet':
      return chunks(['ZADD', key], entry.members);
    case 'stream':
      return additions(key, entry.entries);
    default:
      return entry satisfies never;
  }
}

/** Most keys are like this, and to go through them in chunks takes as long as all the rest. */
function fewFields(key: string, fields: Fields): readonly Command[] | null {
  if (fields.length === 0 || fields.length > VALUES) return null;
  const command = ['HSET', key];
  for (const [name, value] of fields) command.push(name, value);
  return [command];
}

function* single(values: Iterable<string>): Iterable<readonly string[]> {
  for (const value of values) yield [value];
}

function* chunks(start: Command, parts: Iterable<readonly string[]>): Iterable<Command> {
  let command: string[] = [...start];
  let count = 0;
  for (const part of parts) {
    command.push(...part);
    count += 1;
    if (count < VALUES) continue;
    yield command;
    command = [...start];
    count = 0;
  }
  if (count > 0) yield command;
}

function* additions(key: string, entries: Iterable<readonly [string, Fields]>): Iterable<Command> {
  for (const [id, fields] of entries) if (fields.length > 0) yield ['XADD', key, id, ...fields.flat()];
}
