import type { LoadingServer } from '../../data/postgres/index.ts';
import { readRows } from '../../data/postgres/seeding/index.ts';
import { planRedis, type RedisPlan } from '../../data/redis/plan.ts';
import { findTable } from '../../data/seed/find-table.ts';
import { type SampleRow, sampleRows } from '../../data/seed/sample.ts';
import { tableName } from '../../data/seed/schema.ts';
import { placing } from './placing.ts';
import { type MadePlan, planFor, type SeededTable, type Wanted } from './seed.ts';

/** Keys that a description would make. */
export interface PlannedKeys {
  readonly name: string;
  readonly keys: number;
  readonly sample: readonly { readonly key: string; readonly ttl: number | null; readonly value: unknown }[];
}

export interface ShownSeed {
  readonly tables: readonly SeededTable[];
  readonly keys: readonly PlannedKeys[];
  /** What would be done otherwise than asked. */
  readonly notes: readonly string[];
}

/** How many rows of a table, and how many keys, are shown. */
const SHOWN = 3;
/** Of what is long the first. */
const VALUES = 5;

/** What would be written, with some of the rows and keys. */
export function shownSeed(server: LoadingServer, wanted: Wanted): Promise<ShownSeed> {
  return placing(wanted.origin, null, async () => {
    const plan = await planFor(server, wanted);
    const tables = plan.tables.map(({ rows }) => ({
      table: tableName(rows.table),
      rows: rows.count,
      sample: sampleRows(rows, SHOWN),
    }));
    const keys: PlannedKeys[] = [];
    for (const one of planRedis(wanted.description.redis ?? {}, plan.world))
      keys.push(await shownKeys(server, plan, one));
    return { tables, keys, notes: plan.notes };
  });
}

async function shownKeys(
  server: LoadingServer,
  plan: MadePlan,
  { name, rows, count, entry }: RedisPlan,
): Promise<PlannedKeys> {
  const table = rows && findTable(plan.schema, rows.table);
  const planned = plan.tables.find((one) => one.rows.table === table)?.rows;
  const before = table?.rows ?? 0;
  const keys = rows ? before + (planned?.count ?? 0) : (count ?? 0);
  const samples: (SampleRow | null)[] = rows ? [] : Array.from({ length: Math.min(SHOWN, keys) }, () => null);
  if (rows && before > 0) samples.push(...(await firstRows(server, plan, rows.table, rows.columns)));
  if (rows && planned) samples.push(...sampleRows(planned, SHOWN));
  const sample = samples.slice(0, SHOWN).flatMap((row, n) => {
    const made = entry(n, row);
    return made ? [{ key: made.key, ttl: made.ttl, value: shownValue(made) }] : [];
  });
  return { name, keys, sample };
}

function firstRows(
  server: LoadingServer,
  { schema }: MadePlan,
  table: string,
  columns: readonly string[],
): Promise<readonly SampleRow[]> {
  return server.within(server.live, async (client) => {
    const found: SampleRow[] = [];
    for await (const row of readRows(client, schema, table, columns)) {
      if (found.push(row) >= SHOWN) break;
    }
    return found;
  });
}

function shownValue(entry: NonNullable<ReturnType<RedisPlan['entry']>>): unknown {
  switch (entry.type) {
    case 'string':
      return entry.value;
    case 'hash':
      return Object.fromEntries(entry.fields);
    case 'list':
    case 'set':
      return first(entry.values);
    case 'sortedSet':
      return Object.fromEntries(first(entry.members).map(([score, member]) => [member, Number(score)]));
    case 'stream':
      return first(entry.entries).map(([, fields]) => Object.fromEntries(fields));
  }
}

function first<T>(values: Iterable<T>): readonly T[] {
  const found: T[] = [];
  for (const value of values) if (found.push(value) >= VALUES) break;
  return found;
}
