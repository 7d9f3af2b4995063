import type { Description } from '../../core/data/description.ts';
import {
  dropCopy,
  keepUndo,
  type LoadingServer,
  loadRows,
  type PostgresServer,
  readExisting,
  readSchema,
} from '../../data/postgres/index.ts';
import { planSeed, type SeedPlan } from '../../data/seed/plan.ts';
import { sampleRows } from '../../data/seed/sample.ts';
import { tableName } from '../../data/seed/schema.ts';
import { loadWorld } from '../../data/seed/values/index.ts';

/** What a table gets. */
export interface SeededTable {
  readonly table: string;
  readonly rows: number;
  /** Some of its rows, for a plan that is only shown: column names to text. */
  readonly sample: readonly Readonly<Record<string, string | null>>[];
}

export interface SeedOptions {
  readonly signal: AbortSignal;
  /** Rows sent so far, of all. */
  readonly progress: (message: string, done: number, total: number) => void;
  readonly say: (text: string) => void;
}

/** When dates are relative to nothing else: the same seed is to give the same rows next year. */
const NOW = '2026-01-01T00:00:00Z';

/** Reads the live schema and decides what is written. */
export function planFor(server: PostgresServer, description: Description): Promise<SeedPlan> {
  return server.within(server.live, async (client) => {
    const schema = await readSchema(client);
    const existing = await readExisting(client, schema);
    const { seed = 1, locale = 'en', now = NOW } = description;
    const world = await loadWorld({ seed, locale, now: Date.parse(now) });
    return planSeed({ schema, description, world, existing });
  });
}

/** The tables of a plan with some of their rows, none of which is written. */
export function shownPlan({ tables }: SeedPlan): readonly SeededTable[] {
  return tables.map(({ rows }) => ({ table: tableName(rows.table), rows: rows.count, sample: sampleRows(rows, 3) }));
}

/** Writes a description's rows, all or none. */
export async function seedWith(
  server: LoadingServer,
  description: Description,
  { signal, progress, say }: SeedOptions,
): Promise<readonly SeededTable[]> {
  const plan = await planFor(server, description);
  for (const note of plan.notes) say(note);
  const total = plan.tables.reduce((sum, { rows }) => sum + rows.count, 0);
  const done = new Map<string, number>();
  const loaded = await server.within(server.live, (client) =>
    loadRows(client, plan, {
      triggers: description.triggers ?? true,
      signal,
      progress: (table, rows) => {
        done.set(table, rows);
        progress(
          table,
          [...done.values()].reduce((sum, one) => sum + one, 0),
          total,
        );
      },
    }),
  );
  return [...loaded.tables].map(([table, rows]) => ({ table, rows, sample: [] }));
}

/** Does it so that undo takes it back; what fails leaves nothing behind. */
export async function withUndo<T>(server: PostgresServer, now: string, act: () => Promise<T>): Promise<T> {
  const kept = await keepUndo(server, 'seed', { now });
  try {
    return await act();
  } catch (error) {
    await dropCopy(server, kept).catch(() => {});
    throw error;
  }
}
