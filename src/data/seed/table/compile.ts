import type { Alternative, Rules } from '../domain.ts';
import type { Generator } from '../generator.ts';
import { decideKeys, type KeyFacts, type Keys } from '../keys/keys.ts';
import { modeOf } from '../keys/modes.ts';
import { type Numbering, numberingOf } from '../keys/numbering.ts';
import { firstSlotFrom } from '../keys/slots.ts';
import { type References, referencesOf } from '../links/references.ts';
import { makeLinks } from '../links/table-links.ts';
import { plainColumns, type Table } from '../schema.ts';
import { softComparisons } from '../values/index.ts';
import { againstLoops } from './against-loops.ts';
import { chooser, withSoft } from './alternatives.ts';
import { amountOf } from './amount.ts';
import { birthAfter } from './birth.ts';
import { computedValues } from './computed.ts';
import { countingColumns, countingOf } from './counting.ts';
import { generatorsOf, isSameEverywhere } from './generators.ts';
import { makeValues } from './made.ts';
import { addMade, decidedSources } from './sources.ts';
import { type PlacedSpan, placedSpans, withSpans } from './spans.ts';
import type { TableInput } from './table-input.ts';
import { type Cell, type TableRows, tableRows } from './table-rows.ts';

/** A table's rows, and which of its keys have to be tried because construction can't assure them. */
export interface CompiledTable {
  readonly rows: TableRows;
  readonly keys: Keys;
  readonly rules: Rules;
  /** Why it gets fewer rows than were asked for; null if it gets them all. */
  readonly limited: string | null;
}

type Generators = ReadonlyMap<string, readonly Generator[]>;

/** Turns a table into a function from (column, row) to value. */
export function compileTable(input: TableInput): CompiledTable {
  const { table, world } = input;
  const groups = alternativesOf(input);
  const alternatives = groups.flat();
  const filled = nullsCount(table);
  // What rows ask of each other while they are made; known once all of it is put together.
  const later: { cell: Cell; mode: (row: number) => number } = { cell: () => null, mode: () => 0 };
  const cell = againstLoops(table, (column, row) => later.cell(column, row));
  const counts = groups.map(({ length }) => length);
  const chosen = chooser(table, world.seed, counts, (row) => later.mode(row));

  const references = referencesOf(input);
  const linked = new Set(references.own.flat());
  const counting = countingColumns(input, linked);
  const spans = placedSpans(input, alternatives, linked);
  const plain = generatorsOf(input, alternatives, { linked, filled: filledBy(spans, filled), cell });
  const generators = withSpans(plain, spans, input, cell);
  const keys = decideKeys(table, keyFacts(references, counting, alternatives, generators, spans));
  const countings = new Map(
    table.columns.flatMap((column) =>
      counting.has(column.name) ? [[column.name, countingOf(input, column)] as const] : [],
    ),
  );
  const { count, perParent, limited } = amountOf(input, keys, references, countings);
  const first = table.rows;
  const owner = references.owner === null ? null : (references.parents[references.owner] ?? null);
  const numbering = numberingOf({ table, keys, first, count, seed: world.seed, perParent, owner });
  later.mode = (row) => modeOf(input.modes, keys, (tuple) => numbering.inKey(tuple, row));

  const links = makeLinks({ input, references, perParent, numbering, alternatives, chosen, filled, cell });
  const sources = decidedSources(input, links, countings);
  const equations = new Map(input.equations.map((one) => [one.column, one.formula]));
  const born = birthAfter(table, links);
  const order = { first: spans.flatMap(({ lower, upper }) => [lower, upper]), last: new Set(equations.keys()) };
  addMade(table, sources, alternatives, order, (column, before) => {
    const pair = input.pairs.get(column.name);
    if (pair) return pair;
    const own = generators.get(column.name);
    if (!own) return null;
    const indexOf = numberedAfter(slotsTaken(input, keys, column.name, own[0]), column.name, numbering);
    const values = makeValues({
      column,
      alternatives,
      generators: own,
      alternativeOf: chosen,
      indexOf,
      before,
      other: cell,
      distinct: keys.distinct,
      expected: born(column),
    });
    const formula = equations.get(column.name);
    if (!formula) return values;
    return computedValues({ column, formula, alternatives, alternativeOf: chosen, otherwise: values, other: cell });
  });
  const rows = tableRows({ table, first, count, sources, links });
  later.cell = rows.cell;
  return { rows, keys, rules: input.rules, limited };
}

/** By mode: the ways to fulfil the checks, with the order that names suggest. */
function alternativesOf({ table, rules, modes }: TableInput): readonly (readonly Alternative[])[] {
  const soft = softComparisons(table);
  return (modes?.rules ?? [rules]).map((one) => one.alternatives.map((alternative) => withSoft(alternative, soft)));
}

/** Columns of unique constraints in which two nulls would be equal. */
function nullsCount({ uniques }: Table): ReadonlySet<string> {
  return new Set(uniques.flatMap(({ parts, nullsNotDistinct }) => (nullsNotDistinct ? plainColumns(parts) : [])));
}

function filledBy(spans: readonly PlacedSpan[], filled: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...filled, ...spans.flatMap(({ lower, upper }) => [lower, upper])]);
}

function keyFacts(
  { keys, parents, free, own, owner }: References,
  counting: ReadonlySet<string>,
  alternatives: readonly Alternative[],
  generators: Generators,
  spans: readonly PlacedSpan[],
): KeyFacts {
  const placed = new Set(spans.map(({ lower }) => lower));
  return {
    links: keys.map(({ columns }, index) => ({
      columns,
      size: free[index]?.length ?? parents[index]?.total ?? 0,
      bound: own[index]?.length !== columns.length,
    })),
    owner,
    counting,
    sizeOf: (column) =>
      placed.has(column) || isSameEverywhere(alternatives, column)
        ? (generators.get(column)?.[0]?.distinct?.size ?? 0)
        : 0,
    isNumber: (column) => (generators.get(column)?.[0]?.within ?? null) !== null,
  };
}

/** How many of a range's places lie before those that rows from before have: they may not overlap. */
function slotsTaken({ latest }: TableInput, keys: Keys, column: string, generator: Generator | undefined): number {
  const from = keys.all.some(({ overlapping }) => overlapping === column) ? latest(column) : null;
  return from === null || !generator?.distinct ? 0 : firstSlotFrom(generator.distinct, from);
}

/** The number of a column's value, where so many places are taken. */
function numberedAfter(taken: number, column: string, { ofColumn }: Numbering) {
  return (row: number, attempt: number): number | null => {
    const index = ofColumn(column, row, attempt);
    return index === null ? null : index + taken;
  };
}
