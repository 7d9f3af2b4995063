import type { Count, Description, TableDescription } from '../../../core/data/description.ts';
import type { Pack, Role } from '../../../core/data/pack.ts';
import { findTable } from '../find-table.ts';
import { isLedger } from '../ledgers.ts';
import { type ForeignKey, type Schema, type Table, tableName } from '../schema.ts';
import { columnsOf } from './pack-columns.ts';
import { assignRoles, foreignKeyTo, refersTo } from './roles.ts';

/**
 * What a pack says of the tables that are there: a number of rows and what matters in their columns, for each that plays
 * a role. Of the other tables those get some rows that rows of these refer to and that are empty, and those that link
 * two of these; the rest gets none, and so do those that record migrations.
 */
export function applyPack(pack: Pack, { tables: all }: Schema): Description {
  const schema = { tables: all.filter((table) => !isLedger(table)) };
  const roles = assignRoles(pack, schema);
  const tables = new Map<Table, TableDescription>();
  for (const [name, table] of roles) tables.set(table, describe(table, pack.roles[name] as Role, roles));
  for (const table of neededBy([...tables.keys()], schema)) tables.set(table, { rows: pack.others });
  for (const table of schema.tables) {
    const link = tables.has(table) ? undefined : linkedFirst(table, [...tables.keys()]);
    if (link) tables.set(table, { perParent: { table: tableName(link), count: pack.links } });
  }
  return { tables: Object.fromEntries([...tables].map(([table, description]) => [tableName(table), description])) };
}

/**
 * A description with what packs say below it: the later pack wins over the earlier, and the description over all. Tables
 * have their full names afterwards (see tableName), also without a pack.
 */
export function withPacks(description: Description, packs: readonly Pack[], schema: Schema): Description {
  const layers = [...packs.map((pack) => applyPack(pack, schema)), description];
  const tables: Record<string, TableDescription> = {};
  for (const layer of layers) {
    for (const [name, said] of Object.entries(layer.tables ?? {})) {
      const full = fullName(schema, name);
      const { perParent } = said;
      const named = perParent
        ? { ...said, perParent: { ...perParent, table: fullName(schema, perParent.table) } }
        : said;
      tables[full] = merge(tables[full] ?? {}, named);
    }
  }
  return { ...description, tables };
}

function fullName(schema: Schema, name: string): string {
  const table = findTable(schema, name);
  return table ? tableName(table) : name;
}

/** How many is said once; columns add up. */
function merge(weak: TableDescription, strong: TableDescription): TableDescription {
  const { rows, perParent } = strong.rows === undefined && !strong.perParent ? weak : strong;
  const columns = { ...weak.columns, ...strong.columns };
  return {
    ...(rows === undefined ? {} : { rows }),
    ...(perParent ? { perParent } : {}),
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
  };
}

function describe(table: Table, role: Role, roles: ReadonlyMap<string, Table>): TableDescription {
  const columns = columnsOf(table, role.columns ?? {});
  const more = Object.keys(columns).length > 0 ? { columns } : {};
  for (const [name, count] of Object.entries(role.per ?? {})) {
    const parent = roles.get(name);
    const key = parent && parent !== table && foreignKeyTo(table, parent);
    if (!key) continue;
    const fitting = isUnique(table, key) ? atMostOne(count) : count;
    return { perParent: { table: tableName(parent), count: fitting }, ...more };
  }
  return { rows: role.rows, ...more };
}

/** Whether a row of the parent can have one row at most. */
function isUnique({ uniques }: Table, { columns }: ForeignKey): boolean {
  return uniques.some(
    ({ parts, predicate }) =>
      predicate === null && parts.every((part) => 'column' in part && columns.includes(part.column)),
  );
}

function atMostOne(count: Count): Count {
  if (typeof count === 'number') return Math.min(1, count);
  const [least, most] = 'zipf' in count ? count.zipf : count;
  return least >= 1 ? 1 : [0, Math.min(1, most)];
}

/** Empty tables that these refer to, and what those refer to in turn. */
function neededBy(tables: readonly Table[], schema: Schema): readonly Table[] {
  const found = new Set(tables);
  for (const table of found) {
    for (const { references } of table.foreignKeys) {
      const parent = schema.tables.find((candidate) => refersTo(references, candidate));
      if (parent && parent.rows === 0) found.add(parent);
    }
  }
  return [...found].filter((table) => !tables.includes(table));
}

/** Of a table that links two or more of these, the first: a key of it is made of the keys of others. */
function linkedFirst(table: Table, tables: readonly Table[]): Table | undefined {
  for (const { parts } of table.uniques) {
    const names = parts.map((part) => ('column' in part ? part.column : null));
    const keys = table.foreignKeys.filter(({ columns }) => columns.every((column) => names.includes(column)));
    const ends = keys.map(({ references }) => tables.find((candidate) => refersTo(references, candidate)));
    const covered = names.every((name) => keys.some(({ columns }) => name !== null && columns.includes(name)));
    if (ends.length >= 2 && covered && !ends.includes(undefined)) return ends[0];
  }
  return undefined;
}
