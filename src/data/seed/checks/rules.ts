import type { Alternative, Rules } from '../domain.ts';
import { type Check, type Column, quotedName, type Table, type Type } from '../schema.ts';
import { TRUE, UNKNOWN } from './conditions/atom.ts';
import { waysTo } from './conditions/outcome.ts';
import type { Reading } from './conditions/reading.ts';
import { type Contradiction, contradictionOf, type Demand } from './contradiction.ts';
import { withoutCovered } from './covered.ts';
import { conjunctsOf, parseCondition, sqlOf } from './parse.ts';
import { typedWays } from './typed-ways.ts';
import { ALWAYS, both, either, type Judged, NOTHING_DEMANDED, thinned, type Way, type Ways } from './ways.ts';

/** More alternatives than these are thinned out evenly. */
const ALTERNATIVES = 64;

export interface TableRules extends Rules {
  /** Nothing fits; `alternatives` then leaves out that constraint. */
  readonly contradiction: Contradiction | null;
}

const PARTITIONS = 'the bounds of the partitions';

/**
 * What the checks of a table, of the domains that its columns are of, and of its partitions leave. `now`, in milliseconds
 * since 1970, is what now() and CURRENT_DATE stand for.
 */
export async function rulesOf(table: Table, now: number): Promise<TableRules> {
  const reading: Reading = { columns: new Map(table.columns.map((column) => [column.name, column])), now };
  const demands: Demand[] = [];
  for (const column of table.columns) {
    for (const check of checksOf(column.type))
      demands.push(...(await demandsOf(check, quotedName(column.name), reading)));
  }
  for (const check of table.checks) demands.push(...(await demandsOf(check, null, reading)));
  if (table.partitions) demands.push(await partitionDemand(table.partitions, reading));
  return concluded(demands, reading);
}

/**
 * What the checks of a type leave of its values, as those of a column named `value`: of the elements of an array, the fields
 * of a composite type.
 */
export async function domainsOf(type: Type, now: number): Promise<TableRules> {
  const column: Column = { ...BARE, type };
  const table = { schema: '', name: '', columns: [column], checks: [], partitions: null, partitioned: false };
  return rulesOf({ ...table, uniques: [], foreignKeys: [], exclusions: [], comment: null, rows: 0, triggers: [] }, now);
}

const BARE = {
  name: 'value',
  notNull: false,
  default: null,
  identity: null,
  generated: false,
  sequence: null,
  comment: null,
} as const;

function checksOf(type: Type): readonly Check[] {
  return type.kind === 'domain' ? [...checksOf(type.base), ...type.checks] : [];
}

async function demandsOf(check: Check, value: string | null, reading: Reading): Promise<readonly Demand[]> {
  const parsed = await parseCondition(check.expression, value);
  if (parsed === null) return [unread(check)];
  return conjunctsOf(parsed.node).map((node) => {
    const expression = sqlOf(node, parsed);
    const judged = (why: string): Judged => ({ name: check.name, expression, why });
    return { name: check.name, expression, ways: waysTo(node, TRUE | UNKNOWN, reading, judged) };
  });
}

/** A server that is newer than the parser may write what that doesn't know. */
function unread({ name, expression }: Check): Demand {
  const judged = [{ name, expression, why: 'is not understood by the parser' }];
  return { name, expression, ways: { list: [{ ...NOTHING_DEMANDED, judged }], whole: true } };
}

async function partitionDemand(expressions: readonly string[], reading: Reading): Promise<Demand> {
  const expression = expressions.map((one) => `(${one})`).join(' OR ');
  const judged = (why: string): Judged => ({ name: PARTITIONS, expression, why });
  const all: Ways[] = [];
  for (const one of expressions) {
    const parsed = await parseCondition(one, null);
    const ways = parsed
      ? waysTo(parsed.node, TRUE | UNKNOWN, reading, judged)
      : unread({ name: PARTITIONS, expression }).ways;
    all.push(typedWays(ways, reading.columns));
  }
  return { name: PARTITIONS, expression, ways: either(...all) };
}

/** What holds at once. A demand that leaves nothing is a contradiction, or judged where not all of its ways are known. */
function concluded(demands: readonly Demand[], reading: Reading): TableRules {
  let ways = ALWAYS;
  const extra: Judged[] = [];
  const done: Demand[] = [];
  let contradiction: Contradiction | null = null;
  for (const demand of demands) {
    const next = typedWays(both(ways, demand.ways), reading.columns);
    if (next.list.length > 0) {
      ways = next;
      done.push(demand);
    } else if (next.whole) contradiction ??= contradictionOf(demand, done, reading);
    else
      extra.push({
        name: demand.name,
        expression: demand.expression,
        why: 'goes with the other checks in ways that are not found',
      });
  }
  return { ...asRules(ways.list, extra), contradiction };
}

/** Where some alternatives are understood wholly, they are taken; else Postgres judges what isn't understood of all. */
function asRules(ways: readonly Way[], extra: readonly Judged[]): Rules {
  const understood = ways.filter(({ judged }) => judged.length === 0);
  const taken = withoutCovered(thinned(understood.length > 0 ? understood : ways, ALTERNATIVES));
  const reasons = new Map<string, Judged>();
  for (const one of [...taken.flatMap(({ judged }) => judged), ...extra]) {
    const key = JSON.stringify([one.name, one.expression]);
    const before = reasons.get(key);
    const why =
      before && !before.why.split('; ').includes(one.why) ? `${before.why}; ${one.why}` : (before?.why ?? one.why);
    reasons.set(key, { ...one, why });
  }
  const alternatives = taken.map(({ domains, comparisons }): Alternative => ({ domains, comparisons }));
  return { alternatives, judged: [...reasons.values()] };
}
