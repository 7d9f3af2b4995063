import type { TableDescription } from '../../../core/data/description.ts';
import { Draws } from '../../../lib/draws.ts';
import type { Rules } from '../domain.ts';
import { baseOf, type Column, plainColumns, type Schema, type Table, type Type, tableName } from '../schema.ts';
import { isScalar, isText, WHOLE_NUMBERS } from '../types.ts';
import type { Value } from '../value.ts';
import { encode } from '../values/index.ts';
import { wordsOf } from '../words.ts';

/** Two columns that lead to a row of any table, without a foreign key: `commentable_type` and `commentable_id`. */
export interface Pair {
  readonly type: Column;
  readonly id: Column;
}

/** The pairs of a table that nothing else decides. */
export function pairsOf(table: Table): readonly Pair[] {
  const linked = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  return table.columns.flatMap((type) => {
    const stem = /^(.+?)(_type|Type)$/.exec(type.name);
    const id = stem && table.columns.find(({ name }) => name === stem[1] + (stem[2] === 'Type' ? 'Id' : '_id'));
    if (!id || !isText(type.type) || kindOf(id) === null) return [];
    return [type, id].some(({ name, generated }) => generated || linked.has(name)) ? [] : [{ type, id }];
  });
}

/**
 * The tables that such a pair may lead to, each with its primary key: of one column, of the same kind as the id; an id that is
 * text can be any key that it has room for.
 */
export function targetsOf(table: Table, { id }: Pair, { tables }: Schema): readonly Target[] {
  return tables.flatMap((other) => {
    const column = keyOf(other);
    const leads = other.foreignKeys.some(({ columns }) => column && columns.includes(column.name));
    if (!column || leads || other === table || !mayHold(id, column)) return [];
    return [{ table: other, key: column.name, type: column.type }];
  });
}

export interface Target {
  readonly table: Table;
  readonly key: string;
  readonly type: Type;
}

function mayHold(id: Column, key: Column): boolean {
  if (!isText(id.type) || isText(key.type)) return kindOf(key) === kindOf(id);
  const base = baseOf(key.type);
  return lengthOf(id) >= (base.kind === 'scalar' ? (LENGTHS[base.name] ?? 0) : 0);
}

/** How long the text of a key may be. */
const LENGTHS: Readonly<Record<string, number>> = {
  int2: 5,
  int4: 10,
  int8: 19,
  uuid: 36,
  timestamp: 26,
  timestamptz: 32,
};

function lengthOf({ type }: Column): number {
  const base = baseOf(type);
  return base.kind === 'scalar' ? (base.length ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}

function keyOf({ uniques, columns }: Table): Column | null {
  const primary = uniques.find((unique) => unique.primary);
  const names = primary ? plainColumns(primary.parts) : [];
  return names.length === 1 ? (columns.find(({ name }) => name === names[0]) ?? null) : null;
}

function kindOf({ type }: Column): 'number' | 'text' | 'uuid' | null {
  if (isScalar(baseOf(type), ...WHOLE_NUMBERS)) return 'number';
  if (isScalar(baseOf(type), 'uuid')) return 'uuid';
  return isText(type) ? 'text' : null;
}

export interface MakingPairs {
  readonly table: Table;
  readonly schema: Schema;
  readonly description: TableDescription | undefined;
  readonly rules: Rules;
  readonly seed: number | string;
  /** Whether a table has rows, or gets some. */
  readonly mayHave: (table: Table) => boolean;
  /** The rows of a table that a pair can lead to: asked for once rows are made. */
  readonly rowsOf: (target: Target) => { readonly total: number; key(index: number): Value };
}

/** How many lead nowhere where they may. */
const EMPTY_SHARE = 0.1;

export type Maker = (row: number, attempt: number) => Value;

/** What makes the columns of pairs: the name of a table, and the key of one of its rows. */
export function makePairs(making: MakingPairs): ReadonlyMap<string, Maker> {
  const { table, description, seed, rowsOf } = making;
  const makers = new Map<string, Maker>();
  for (const pair of pairsOf(table)) {
    const { type, id } = pair;
    if ([type, id].some(({ name }) => description?.columns?.[name] !== undefined)) continue;
    const named = namedTargets(pair, making);
    if (named.length === 0) continue;
    const draws = new Draws(seed, table.schema, table.name, type.name, 'pair');
    const mayLack = !type.notNull && !id.notNull;
    let filled: { readonly name: string; readonly target: Target; readonly rows: ReturnType<typeof rowsOf> }[] | null =
      null;
    const pick = (row: number, attempt: number): readonly [Value, Value] => {
      filled ??= named.map((one) => ({ ...one, rows: rowsOf(one.target) })).filter(({ rows }) => rows.total > 0);
      draws.at(row, attempt);
      if (filled.length === 0 || (mayLack && draws.chance(EMPTY_SHARE))) return [null, null];
      const { name, target, rows } = draws.pick(filled);
      const key = rows.key(draws.below(rows.total));
      return [name, key !== null && isText(id.type) ? encode(target.type, key) : key];
    };
    makers.set(type.name, (row, attempt) => pick(row, attempt)[0]);
    makers.set(id.name, (row, attempt) => pick(row, attempt)[1]);
  }
  return makers;
}

/** By what a check lists, or by their names. Where checks say more, or nobody gets rows, the columns are made as any other. */
function namedTargets(
  pair: Pair,
  { table, schema, rules, mayHave }: MakingPairs,
): readonly { name: string; target: Target }[] {
  const targets = targetsOf(table, pair, schema).filter((one) => mayHave(one.table));
  const domains = rules.alternatives.flatMap(({ domains }) => [domains.get(pair.type.name), domains.get(pair.id.name)]);
  const lists = domains.map((domain) => domain?.oneOf ?? null);
  const more = domains.some(
    (domain) => domain && (domain.min || domain.max || domain.patterns.length > 0 || domain.modulo.length > 0),
  );
  if (more || rules.alternatives.length > 1) return [];
  const [list] = lists.filter((one) => one !== null);
  const known = list ? list.filter((one) => typeof one === 'string') : targets.map((one) => tableName(one.table));
  return known
    .filter((name) => name.length <= lengthOf(pair.type))
    .flatMap((name) => {
      const target = targets.find((one) => tableName(one.table) === name || sameThing(one.table.name, name));
      return target ? [{ name, target }] : [];
    });
}

/** `BlogPost` is what `blog_posts` holds. */
function sameThing(table: string, name: string): boolean {
  return wordsOf(table).join() === wordsOf(name).join();
}
