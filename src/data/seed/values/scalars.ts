import type { Draws } from '../../../lib/draws.ts';
import type { ScalarType } from '../schema.ts';
import { DAY } from '../value.ts';
import { bitSource, bytesSource, timedUuidSource, uuidSource } from './bits.ts';
import { choice } from './choice.ts';
import { jsonSource } from './json.ts';
import { addressSource, macSource, networkSource } from './net.ts';
import { growing, numberSource, type Usual } from './numbers.ts';
import { SHAPES } from './shapes.ts';
import type { Source } from './source.ts';
import { textSource, type Wording } from './text.ts';
import { drawsOf, lengthsOf, saltOf, type Tools } from './tools.ts';
import { wordList } from './word-lists.ts';
import type { World } from './world.ts';

/** Values of a type alone, where nothing tells what they mean. Null where the type isn't known here. */
export function scalarSource(tools: Tools, type: ScalarType): Source | null {
  const usual = usualNumbers(type.name, tools.world.now);
  if (usual) return numberSource(type, tools.domain, usual, saltOf(tools));
  const own = drawsOf(tools, 'distinct');
  const shape = SHAPES[type.name];
  if (shape) return { draw: shape };
  const { least, most } = lengthsOf(type, tools.domain);
  switch (type.name) {
    case 'bool':
      return choice([false, true].filter((value) => !tools.domain.noneOf.includes(value)));
    case 'uuid':
      return /uuidv7|uuid_generate_v7/.test(tools.context.column.default ?? '')
        ? timedUuidSource(tools.world.now, own)
        : uuidSource(own);
    case 'json':
    case 'jsonb':
      return jsonSource(tools.domain.jsonType, tools.name, own);
    case 'inet':
      return addressSource(own);
    case 'cidr':
      return networkSource(own);
    case 'macaddr':
      return macSource(own, 6);
    case 'macaddr8':
      return macSource(own, 8);
    case 'bit':
      return bitSource(type.length ?? 1, own);
    case 'varbit':
      return bitSource(Math.min(type.length ?? 16, most ?? 16, 64), own);
    case 'bytea':
      return bytesSource(least, most ?? Math.max(16, least), own);
    case 'char':
      return choice([...'abcdefghijklmnopqrstuvwxyz0123456789']);
    case 'xml':
      return counted((draws, number) => `<item><id>${number ?? draws.below(10_000)}</id></item>`);
    case 'jsonpath':
      return counted(
        (draws, number) => `$.${draws.pick(words(tools))}${number === null ? '' : `[${number}]`}`,
        own,
        2 ** 31,
      );
    case 'tsvector':
      return counted(
        (draws, number) => `'${draws.pick(words(tools))}':1${number === null ? '' : ` 'n${number}':2`}`,
        own,
      );
    case 'tsquery':
      return counted(
        (draws, number) => `'${draws.pick(words(tools))}'${number === null ? '' : ` & 'n${number}'`}`,
        own,
      );
    case 'pg_lsn':
      return counted(
        (draws, number) =>
          `${number === null ? draws.below(256).toString(16).toUpperCase() : '0'}/${(number ?? draws.uint32()).toString(16).toUpperCase()}`,
        own,
        2 ** 32,
      );
    case 'text':
    case 'varchar':
    case 'bpchar':
    case 'name':
      return textSource(plainWording(tools), { least, most }, tools.domain, own);
    default:
      return null;
  }
}

/** Two or three words, which say that nothing is known about the column. */
export function plainWording(tools: Tools): Wording {
  const list = words(tools);
  return {
    draw: (draws) => `${draws.pick(list)} ${draws.pick(list)}${draws.chance(0.5) ? ` ${draws.pick(list)}` : ''}`,
  };
}

const shortWords = new WeakMap<World, readonly string[]>();

/** Short words without anything that would have to be quoted. Picked once: it takes longer than a thousand values. */
export function words({ world }: Pick<Tools, 'world'>): readonly string[] {
  const known = shortWords.get(world);
  if (known) return known;
  const found = [...wordList(world.words, 'word', 'noun'), ...wordList(world.words, 'lorem', 'word')];
  const plain = found.filter((word) => /^\p{L}{2,12}$/u.test(word));
  const list = plain.length > 0 ? plain : ['one', 'two', 'three'];
  shortWords.set(world, list);
  return list;
}

function counted(
  text: (draws: Draws, number: number | null) => string,
  own?: Draws,
  size = Number.MAX_SAFE_INTEGER,
): Source {
  return { draw: (draws) => text(draws, null), distinct: own && { size, at: (index) => text(own.at(index), index) } };
}

function usualNumbers(name: string, now: number): Usual | null {
  switch (name) {
    case 'int2':
    case 'int4':
    case 'int8':
      return { low: 1, high: 1000 };
    case 'oid':
      return { low: 16_384, high: 100_000 };
    case 'float4':
    case 'float8':
    case 'numeric':
    case 'money':
      return { low: 0, high: 1000 };
    case 'date':
      return { low: Math.floor(now / DAY) - 2 * 365, high: Math.floor(now / DAY), shape: growing };
    case 'timestamp':
    case 'timestamptz':
      return { low: now - 2 * 365 * DAY, high: now, step: 1000, shape: growing };
    case 'time':
    case 'timetz':
      return { low: 0, high: DAY - 1, step: 60_000 };
    case 'interval':
      return { low: 60_000, high: 7 * DAY, step: 60_000 };
    default:
      return null;
  }
}
