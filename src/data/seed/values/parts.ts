import type { Draws } from '../../../lib/draws.ts';
import { ANY } from '../domain.ts';
import type { Distinct } from '../generator.ts';
import type { Type } from '../schema.ts';
import { isScalar } from '../types.ts';
import { type ArrayValue, DAY, type RangeValue, type Value } from '../value.ts';
import { subjectOf } from './meanings/dictionary.ts';
import type { Source } from './source.ts';
import { drawsOf, lengthsOf, partOf, type Tools } from './tools.ts';

/** Makes what a part is made of: meaning by its name, else plain by type. */
export type PartMaker = (tools: Tools) => Source | null;

/** Values of a part, as the checks of its type leave them. */
function partSource(tools: Tools, name: string, type: Type, make: PartMaker): Source | null {
  const domains = tools.context.parts?.get(type) ?? [ANY];
  const sources = domains.flatMap((domain) => make(partOf(tools, name, type, domain)) ?? []);
  const [first] = sources;
  if (!first || sources.length === 1) return first ?? null;
  return { draw: (draws, row) => draws.pick(sources).draw(draws, row), distinct: first.distinct };
}

/** Up to four elements, of several dimensions two by two and so on: they have to be rectangular. */
export function arraySource(tools: Tools, element: Type, dimensions: number, make: PartMaker): Source | null {
  const items = partSource(tools, subjectOf(tools.name), element, make);
  if (!items) return null;
  const depth = Math.max(1, dimensions);
  const { least, most } = lengthsOf(tools.type, tools.domain);
  const high = most ?? Math.max(least, depth > 1 ? 2 : 4);
  const low = Math.min(high, Math.max(least, depth > 1 ? 1 : 0));
  const build = (draws: Draws, row: number, level: number, lengths: readonly number[], first?: Value): ArrayValue => ({
    items: Array.from({ length: lengths[level] as number }, (_, index) => {
      const marked = index === 0 ? first : undefined;
      if (level < depth - 1) return build(draws, row, level + 1, lengths, marked);
      return marked ?? items.draw(draws, row);
    }),
  });
  const lengths = (draws: Draws, least: number) => [
    draws.between(least, Math.max(least, high)),
    ...Array.from({ length: depth - 1 }, () => draws.between(1, 2)),
  ];
  const own = drawsOf(tools, 'parts');
  const distinct = items.distinct &&
    high > 0 && {
      size: items.distinct.size,
      at: (index: number) => {
        const draws = own.at(index);
        return build(draws, index, 0, lengths(draws, Math.max(1, low)), (items.distinct as Distinct).at(index));
      },
    };
  return { draw: (draws, row) => build(draws, row, 0, lengths(draws, low)), distinct: distinct || undefined };
}

export function compositeSource(
  tools: Tools,
  fields: readonly { readonly name: string; readonly type: Type }[],
  make: PartMaker,
): Source | null {
  const sources = fields.map((field) => partSource(tools, field.name, field.type, make));
  const known = sources.filter((source) => source !== null);
  if (known.length < sources.length) return null;
  const told = known.findIndex((source) => source.distinct);
  const own = drawsOf(tools, 'parts');
  const distinct = known[told]?.distinct;
  return {
    draw: (draws, row) => ({ fields: known.map((source) => source.draw(draws, row)) }),
    distinct: distinct && {
      size: distinct.size,
      at: (index) => {
        const draws = own.at(index);
        return {
          fields: known.map((source, place) => (place === told ? distinct.at(index) : source.draw(draws, index))),
        };
      },
    },
  };
}

/** How far apart ranges are that must not overlap, in the unit of Value, and where the first one begins. */
function slots(subtype: Type, now: number): { readonly start: number; readonly width: number } {
  if (isScalar(subtype, 'date')) return { start: Math.floor(now / DAY) - 365, width: 4 };
  if (isScalar(subtype, 'timestamp', 'timestamptz'))
    return { start: Math.floor(now / DAY) * DAY - 365 * DAY, width: 7_200_000 };
  if (isScalar(subtype, 'time', 'timetz')) return { start: 0, width: 1000 };
  if (isScalar(subtype, 'interval')) return { start: 0, width: 60_000 };
  return { start: 0, width: 12 };
}

/** A lower and an upper bound; unique ones don't overlap, so that exclusion constraints hold as well. */
export function rangeSource(tools: Tools, subtype: Type, multi: boolean, make: PartMaker): Source | null {
  const bound = partSource(tools, tools.name, subtype, make);
  if (!bound) return null;
  const within = bound.within;
  if (!within) return unorderedRange(bound, multi);
  const { start, width } = slots(subtype, tools.world.now);
  const range = (draws: Draws, row: number): RangeValue => {
    const lower = bound.draw(draws, row) as number;
    const upper = within(draws, row, lower + width / 4, lower + width * 20);
    return upper === null ? { lower: lower - width, upper: lower } : { lower, upper };
  };
  const slot = (index: number): RangeValue => {
    const lower = start + index * width;
    return { lower, upper: lower + width / 2 };
  };
  const several = (first: RangeValue) => ({
    ranges: [first, { lower: (first.upper as number) + width / 4, upper: (first.upper as number) + width / 2 }],
  });
  return {
    draw: (draws, row) => (multi ? { ranges: [range(draws, row)] } : range(draws, row)),
    distinct: { size: slotCount(subtype, start, width), at: (index) => (multi ? several(slot(index)) : slot(index)) },
  };
}

function slotCount(subtype: Type, start: number, width: number): number {
  const end = isScalar(subtype, 'int4') ? 2 ** 31 - 1 : isScalar(subtype, 'time', 'timetz') ? DAY : 2 ** 46;
  if (isScalar(subtype, 'date')) return 500_000;
  if (isScalar(subtype, 'interval')) return 50_000_000;
  return Math.floor((end - start) / width) - 1;
}

/** What the order of the subtype is, only the server knows: a range of the one value. */
function unorderedRange(bound: Source, multi: boolean): Source {
  const single = (value: Value): Value => {
    if (typeof value !== 'string') return { lower: null, upper: null };
    const quoted = `"${value.replace(/["\\]/g, '$&$&')}"`;
    return multi ? `{[${quoted},${quoted}]}` : `[${quoted},${quoted}]`;
  };
  const distinct = bound.distinct;
  return {
    draw: (draws, row) => single(bound.draw(draws, row)),
    distinct: distinct && { size: distinct.size, at: (index) => single(distinct.at(index)) },
  };
}
