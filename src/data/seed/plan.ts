import type { Description } from '../../core/data/description.ts';
import { UserError } from '../../core/errors.ts';
import { askedOf, getsRows, leftAlone } from './asked.ts';
import { partsOf, rulesOf } from './checks/index.ts';
import { equationsOf } from './equations/equations.ts';
import { columnsOf, keysOf } from './keys/key.ts';
import { type Modes, modesOf } from './keys/modes.ts';
import { spansOf } from './keys/spans.ts';
import { isLedger } from './ledgers.ts';
import { undecidedColumns } from './links/key-cycles.ts';
import type { Parent } from './links/links.ts';
import { makePairs } from './links/polymorphic.ts';
import { loadingOrder, type Order, referenced } from './order.ts';
import type { ForeignKey, Schema, Table } from './schema.ts';
import { tableName } from './schema.ts';
import { instantOf } from './table/birth.ts';
import { type CompiledTable, compileTable } from './table/compile.ts';
import { mayCount } from './table/counting.ts';
import type { TableInput } from './table/table-input.ts';
import { birthColumns, decode, type World } from './values/index.ts';

/** What is known of the rows that were there before. */
export interface Existing {
  /**
   * Values of these columns, as text, in an order that stays; not all, where there are very many. Behind them that of the
   * first column that says when the row came to be, if there is one.
   */
  keys(table: string, columns: readonly string[]): readonly (readonly (string | null)[])[];
  /** Of a column that may count: the highest value, or the lowest where its sequence counts down. */
  last(table: string, column: string): bigint | null;
  /** What rows have in the columns of a foreign key that leads to each row once, each as a JSON list of texts. */
  taken(table: string, columns: readonly string[]): ReadonlySet<string>;
  /** The latest upper bound of a column of ranges, or of the lower one of a span, in the unit of Value. */
  latest(table: string, column: string): number | null;
}

export interface SeedPlan {
  /** In the order in which they are written; all get rows. */
  readonly tables: readonly CompiledTable[];
  readonly waiting: Order['waiting'];
  /** What is done otherwise than asked, in words. */
  readonly notes: readonly string[];
}

export interface PlanInput {
  readonly schema: Schema;
  readonly description: Description;
  readonly world: World;
  readonly existing: Existing;
}

/** Decides what is written into which table, in which order. Makes no row yet. */
export async function planSeed({ schema, description, world, existing }: PlanInput): Promise<SeedPlan> {
  const { tables, waiting } = loadingOrder(schema.tables);
  const notes = [...leftAlone(tables, description)];
  const undecided = undecidedColumns(tables);
  const compiled = new Map<string, CompiledTable>();
  const byName = new Map(tables.map((table) => [tableName(table), table]));
  const parentOf = (key: ForeignKey): Parent =>
    parentFor(byName.get(referenced(key)), key, { compiled, description, existing });
  for (const table of tables) {
    const asked = askedOf(table, description);
    if (!asked) continue;
    if (table.partitions?.length === 0 && !asked.description) {
      notes.push(`${tableName(table)} has no partition that a row could go to, so it gets none`);
      continue;
    }
    const ruled = await rulesFor(table, world, asked.description);
    const pairs = makePairs({
      ...{ table, schema, description: asked.description, rules: ruled.rules, seed: world.seed },
      mayHave: (other) => getsRows(other, description) || (other.rows > 0 && !isLedger(other)),
      rowsOf: ({ table: other, key }) => {
        const parent = parentOf(keyTo(other, key));
        return { total: parent.total, key: (index) => parent.key(index, key) };
      },
    });
    const input: TableInput = {
      table,
      ...asked,
      ...ruled,
      pairs,
      modes: null,
      world,
      parentOf,
      undecided,
      last: (column) => existing.last(tableName(table), column),
      taken: (columns) => existing.taken(tableName(table), columns),
      latest: (column) => existing.latest(tableName(table), column),
    };
    const first = compileTable(input);
    const modes = await modesFor(table, first, world);
    compiled.set(tableName(table), modes ? compileTable({ ...input, modes }) : first);
  }
  const filled = [...compiled.values()].filter(({ rows }) => rows.count > 0);
  return {
    tables: filled,
    waiting,
    notes: [...notes, ...[...compiled.values()].flatMap(({ limited }) => limited ?? [])],
  };
}

/** What a pair of columns does instead of a foreign key. */
function keyTo({ schema, name }: Table, column: string): ForeignKey {
  const references = { schema, table: name, columns: [column] };
  return { name: '', columns: [column], references, matchFull: false, deferrable: false, period: false };
}

/** What the checks leave. Refuses a table whose checks leave nothing, before anything is written. */
async function rulesFor(
  table: Table,
  { now }: World,
  description: TableInput['description'],
): Promise<Pick<TableInput, 'rules' | 'parts' | 'equations'>> {
  const { contradiction, ...rules } = await rulesOf(table, now);
  if (!contradiction) {
    const { domains, judged } = await partsOf(table, now);
    const reading = { columns: new Map(table.columns.map((column) => [column.name, column])), now };
    const equations = await equationsOf(rules.judged, reading, undetermined(table, description));
    const computed = new Set(equations.map(({ column }) => column));
    // What is computed is in no check by construction.
    const about = table.checks
      .filter(({ expression }) => columnsOf(table, expression).some((column) => computed.has(column)))
      .map((check) => ({ ...check, why: 'is about a column that is computed from others' }));
    const known = new Set(rules.judged.map(({ expression }) => expression));
    const more = about.filter(({ expression }) => !known.has(expression));
    return { rules: { ...rules, judged: [...rules.judged, ...more, ...judged] }, parts: domains, equations };
  }
  const { constraint, why, help } = contradiction;
  throw new UserError(`${tableName(table)}: ${constraint}: ${why}`, {
    code: 'refused',
    hints: [`The smallest change that would help: ${help}.`],
  });
}

/** Columns that neither a key nor a description decides. */
function undetermined(table: Table, description: TableInput['description']): readonly string[] {
  const decided = new Set([
    ...Object.keys(description?.columns ?? {}),
    ...table.foreignKeys.flatMap(({ columns }) => columns),
    ...keysOf(table).flatMap(({ columns }) => columns),
    ...spansOf(table).map(({ upper }) => upper),
  ]);
  return table.columns
    .filter((column) => !decided.has(column.name) && !column.generated && !mayCount(table, column))
    .map(({ name }) => name);
}

/** Rules of each mode of a table with partial keys. A mode that can't be has those of all rows: nothing follows it. */
async function modesFor(table: Table, { keys, rules }: CompiledTable, { now }: World): Promise<Modes | null> {
  const modes = modesOf(table, keys);
  if (!modes) return null;
  const found = await Promise.all(modes.tables.map((one) => rulesOf(one, now)));
  return { keys: modes.keys, rules: found.map(({ contradiction, ...one }) => (contradiction ? rules : one)) };
}

interface Known {
  readonly compiled: ReadonlyMap<string, CompiledTable>;
  readonly description: Description;
  readonly existing: Existing;
}

/** The rows that a foreign key may lead to, looked up when they are asked for: in a cycle they are made later. */
function parentFor(table: Table | undefined, key: ForeignKey, { compiled, description, existing }: Known): Parent {
  const name = referenced(key);
  const keys = table && table.rows > 0 ? existing.keys(name, key.references.columns) : [];
  const made = (): CompiledTable | undefined => compiled.get(name);
  const count = made()?.rows.count ?? (table ? (askedOf(table, description)?.rows ?? 0) : 0);
  const [birth] = table ? birthColumns(table) : [];
  const born = (index: number): number | null => {
    if (!birth) return null;
    const known = keys[index]?.[key.references.columns.length];
    if (known !== undefined) return known === null ? null : instantOf(birth, decode(birth.type, known));
    const rows = made()?.rows;
    return rows ? instantOf(birth, rows.cell(birth.name, rows.first + index - keys.length)) : null;
  };
  return {
    existing: keys.length,
    total: keys.length + count,
    ledger: table !== undefined && isLedger(table),
    mayLack: table?.columns.some(({ name, notNull }) => !notNull && key.references.columns.includes(name)) ?? false,
    version: () => made()?.rows.version() ?? 0,
    born: birth && (made() || count === 0) ? born : null,
    key(index, column) {
      const known = keys[index];
      if (known) return known[key.references.columns.indexOf(column)] ?? null;
      const rows = made()?.rows;
      const at = index - keys.length;
      // How many there are was guessed where this table comes later, or refers to itself: there may be fewer.
      return rows && at < rows.count ? rows.cell(column, rows.first + at) : null;
    },
  };
}
