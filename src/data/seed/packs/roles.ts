import type { Pack, Role } from '../../../core/data/pack.ts';
import { type ForeignKey, type Schema, type Table, tableName } from '../schema.ts';
import { endsWith, isSame, wordsOf } from '../words.ts';

/** Which table plays which role: at most one each. By the role's name, in the pack's order. */
export function assignRoles({ roles }: Pack, schema: Schema): ReadonlyMap<string, Table> {
  const assigned = new Map<string, Table>();
  const isFree = (table: Table) => ![...assigned.values()].includes(table);
  for (const { role, table } of candidates(roles, schema)) {
    if (!assigned.has(role) && isFree(table)) assigned.set(role, table);
  }
  for (const [role, { joins }] of Object.entries(roles)) {
    if (assigned.has(role) || !joins) continue;
    const ends = joins.map((name) => assigned.get(name));
    const found = schema.tables.find(
      (table) => isFree(table) && ends.every((end) => end && foreignKeyTo(table, end) && end !== table),
    );
    if (found) assigned.set(role, found);
  }
  return new Map(Object.keys(roles).flatMap((role) => pair(role, assigned.get(role))));
}

function pair(role: string, table: Table | undefined): readonly (readonly [string, Table])[] {
  return table ? [[role, table]] : [];
}

/** The key by which a table refers to another one. */
export function foreignKeyTo(table: Table, parent: Table): ForeignKey | undefined {
  return table.foreignKeys.find(({ references }) => refersTo(references, parent));
}

export function refersTo(references: ForeignKey['references'], { schema, name }: Table): boolean {
  return references.schema === schema && references.table === name;
}

interface Candidate {
  readonly role: string;
  readonly table: Table;
  /** Less is better: a whole name before the end of one, then the place in the role's list. */
  readonly rank: number;
}

function candidates(roles: Pack['roles'], schema: Schema): readonly Candidate[] {
  const all = Object.entries(roles).flatMap(([role, definition]) =>
    schema.tables.flatMap((table): readonly Candidate[] => {
      const rank = rankOf(table, definition, roles);
      return rank === null || !isConfirmed(table, definition, roles) ? [] : [{ role, table, rank }];
    }),
  );
  return all.sort((a, b) => a.rank - b.rank || compare(tableName(a.table), tableName(b.table)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const SHORT = 500;
const END_ONLY = 1_000;

function rankOf(table: Table, { names, short = [], per = {} }: Role, roles: Pack['roles']): number | null {
  const words = wordsOf(table.name);
  const whole = names.findIndex((candidate) => isSame(words, wordsOf(candidate)));
  if (whole >= 0) return whole;
  const inside = short.findIndex((candidate) => isSame(words, wordsOf(candidate)));
  if (inside >= 0 && refersToAny(table, Object.keys(per), roles)) return SHORT + inside;
  const end = names.findIndex((candidate) => endsWith(words, wordsOf(candidate)));
  return end < 0 ? null : END_ONLY + end;
}

/** By a column that such a table has, or because it refers to what could play a role that it belongs to. */
function isConfirmed(table: Table, { signs, per = {}, unless = [] }: Role, roles: Pack['roles']): boolean {
  if (refersToAny(table, unless, roles)) return false;
  if (!signs) return true;
  if (table.columns.some(({ name }) => signs.some((sign) => isColumn(name, sign, table)))) return true;
  return refersToAny(table, Object.keys(per), roles);
}

/** By the names of the tables that it refers to. */
function refersToAny(table: Table, wanted: readonly string[], roles: Pack['roles']): boolean {
  const parents = wanted.flatMap((role) => roles[role]?.names ?? []);
  return table.foreignKeys.some(({ references }) =>
    parents.some((name) => {
      const words = wordsOf(references.table);
      return isSame(words, wordsOf(name)) || endsWith(words, wordsOf(name));
    }),
  );
}

/** Whether a column has this name, with or without the table's before it: `order_status` and `status` of `shop_orders`. */
export function isColumn(name: string, meaning: string, table: Table): boolean {
  const words = wordsOf(name);
  const wanted = wordsOf(meaning);
  if (isSame(words, wanted)) return true;
  const before = words.slice(0, -wanted.length);
  const owner = wordsOf(table.name);
  return endsWith(words, wanted) && (isSame(owner, before) || endsWith(owner, before));
}
