import { UserError } from '../../../core/errors.ts';
import type { Alternative, Rules } from '../domain.ts';
import type { Generator } from '../generator.ts';
import { decideKeys, type Keys } from '../keys/keys.ts';
import { modeOf } from '../keys/modes.ts';
import { numberingOf } from '../keys/numbering.ts';
import { firstSlotFrom } from '../keys/slots.ts';
import { freeParents, type Link, type Parent } from '../links/links.ts';
import { linkedKeys, makeLinks, ownColumns, ownerOf } from '../links/table-links.ts';
import { type Column, plainColumns, type Table, tableName } from '../schema.ts';
import type { Value } from '../value.ts';
import { generatorOf, softComparisons } from '../values/index.ts';
import { chooser, decidingOrder, domainOf, withSoft } from './alternatives.ts';
import { amountOf } from './amount.ts';
import { countingColumns, startOf } from './counting.ts';
import { makeValues } from './made.ts';
import type { TableInput } from './table-input.ts';
import { type Source, type TableRows, tableRows } from './table-rows.ts';

/** A table's rows, and which of its keys have to be tried because construction can't assure them. */
export interface CompiledTable {
  readonly rows: TableRows;
  readonly keys: Keys;
  readonly rules: Rules;
  /** Why it gets fewer rows than were asked for; null if it gets them all. */
  readonly limited: string | null;
}

type Cell = (column: string, row: number) => Value;

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

  const foreign = linkedKeys(input);
  const parents = foreign.map((key) => input.parentOf(key));
  const owner = ownerOf(input, foreign);
  const free = foreign.map((key, index) => freeParents(table, key, parents[index] as Parent, input.taken(key.columns)));
  const own = ownColumns(input, foreign);
  const linked = new Set(own.flat());
  const counting = countingColumns(input, linked);
  const generators = generatorsOf(input, alternatives, { linked, filled, cell });
  const keys = decideKeys(table, {
    links: foreign.map(({ columns }, index) => ({
      columns,
      size: free[index]?.length ?? parents[index]?.total ?? 0,
      bound: own[index]?.length !== columns.length,
    })),
    owner,
    counting,
    sizeOf: (column) => (sameEverywhere(alternatives, column) ? (generators.get(column)?.[0]?.distinct?.size ?? 0) : 0),
    isNumber: (column) => (generators.get(column)?.[0]?.within ?? null) !== null,
  });
  const { count, perParent, limited } = amountOf(input, keys, owner, parents);
  const first = table.rows;
  const whose = owner === null ? null : (parents[owner] ?? null);
  const numbering = numberingOf({ table, keys, first, count, seed: world.seed, perParent, owner: whose });
  later.mode = (row) => modeOf(input.modes, keys, (tuple) => numbering.inKey(tuple, row));
  const links = makeLinks({
    input,
    foreign,
    parents,
    free,
    perParent,
    owner,
    numbering,
    alternatives,
    chosen,
    filled,
    cell,
  });
  const sources = decidedSources(input, links, counting);
  addMade(table, sources, alternatives, (column, before) => {
    const own = generators.get(column.name);
    if (!own) return null;
    const skipped = slotsTaken(input, keys, column.name, own[0]);
    const indexOf = (row: number, attempt: number): number | null => {
      const index = numbering.ofColumn(column.name, row, attempt);
      return index === null ? null : index + skipped;
    };
    return makeValues({ column, alternatives, generators: own, alternativeOf: chosen, indexOf, before, other: cell });
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

interface Facts {
  readonly linked: ReadonlySet<string>;
  readonly filled: ReadonlySet<string>;
  readonly cell: Cell;
}

/** For each column that no key decides one generator for each alternative; none where nothing can be made. */
function generatorsOf(
  { table, world, description }: TableInput,
  alternatives: readonly Alternative[],
  { linked, filled, cell }: Facts,
): ReadonlyMap<string, readonly Generator[]> {
  const found = new Map<string, readonly Generator[]>();
  for (const column of table.columns) {
    if (column.generated || linked.has(column.name)) continue;
    const described = description?.columns?.[column.name];
    const made = alternatives.map((one) => {
      const domain = domainOf(one, column, filled);
      return generatorOf({ table, column, domain, description: described, other: cell }, world);
    });
    if (made.every((one): one is Generator => one !== null)) found.set(column.name, made);
  }
  return found;
}

/** Where a column's domain differs, values that differ within each alternative may be equal across them. */
function sameEverywhere(alternatives: readonly Alternative[], column: string): boolean {
  const [first, ...rest] = alternatives.map(({ domains }) => JSON.stringify(domains.get(column) ?? null));
  return rest.every((one) => one === first);
}

/** The columns that foreign keys and counters decide. */
function decidedSources(input: TableInput, links: readonly Link[], counting: ReadonlySet<string>): Map<string, Source> {
  const sources = new Map<string, Source>();
  links.forEach(({ key }, link) => {
    const circular = input.undecided.get(key);
    key.columns.forEach((column, place) => {
      const theirs = key.references.columns[place] as string;
      if (!sources.has(column) && !circular?.has(column)) sources.set(column, { kind: 'link', link, column: theirs });
    });
  });
  for (const column of counting) sources.set(column, { kind: 'counting', start: startOf(input, column) });
  return sources;
}

/** All other columns, each after those that it is compared with. */
function addMade(
  table: Table,
  sources: Map<string, Source>,
  alternatives: readonly Alternative[],
  makerOf: (column: Column, before: ReadonlySet<string>) => ((row: number, attempt: number) => Value) | null,
): void {
  const comparisons = alternatives.flatMap((one) => one.comparisons);
  const names = table.columns.map(({ name }) => name);
  for (const name of decidingOrder(names, comparisons)) {
    const column = table.columns.find((one) => one.name === name) as Column;
    if (sources.has(name) || column.generated) continue;
    const make = makerOf(column, new Set(sources.keys()));
    if (make) sources.set(name, { kind: 'made', make });
    else if (column.notNull && column.default === null) throw nothingToMake(table, column);
  }
}

/** How many of a range's places lie before those that rows from before have: they may not overlap. */
function slotsTaken({ latest }: TableInput, keys: Keys, column: string, generator: Generator | undefined): number {
  const from = keys.all.some(({ overlapping }) => overlapping === column) ? latest(column) : null;
  return from === null || !generator?.distinct ? 0 : firstSlotFrom(generator.distinct, from);
}

/** How deep cells may ask for each other: a template that names itself would never end. */
const DEEPEST = 100;

function againstLoops(
  table: Table,
  cell: (column: string, row: number) => Value,
): (column: string, row: number) => Value {
  let depth = 0;
  return (column, row) => {
    if (depth > DEEPEST) {
      throw new UserError(`${tableName(table)}.${column}: its value would follow from itself`, { code: 'usage' });
    }
    depth += 1;
    try {
      return cell(column, row);
    } finally {
      depth -= 1;
    }
  };
}

/** Columns of unique constraints in which two nulls would be equal. */
function nullsCount({ uniques }: Table): ReadonlySet<string> {
  return new Set(uniques.flatMap(({ parts, nullsNotDistinct }) => (nullsNotDistinct ? plainColumns(parts) : [])));
}

function nothingToMake(table: Table, { name, type }: Column): UserError {
  return new UserError(
    `${tableName(table)}.${name}: there is nothing to fill a column of type ${type.kind === 'scalar' ? type.name : `${type.kind} ${'name' in type ? type.name : ''}`} with`,
    {
      code: 'refused',
      hints: [`Say what it holds: tables: { ${tableName(table)}: { columns: { ${name}: { oneOf: [ … ] } } } }`],
    },
  );
}
