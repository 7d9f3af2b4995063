import { readPack } from '../../config/seed-pack.ts';
import type { Description } from '../../core/data/description.ts';
import type { Origin } from '../../core/data/seed-file.ts';
import { ConfigError, UserError } from '../../core/errors.ts';
import {
  dropCopy,
  keepUndo,
  type LoadingServer,
  loadRows,
  readExisting,
  readSchema,
} from '../../data/postgres/index.ts';
import { checkDescription } from '../../data/seed/check-description.ts';
import { withPacks } from '../../data/seed/packs.ts';
import { planSeed, type SeedPlan } from '../../data/seed/plan.ts';
import { sampleRows } from '../../data/seed/sample.ts';
import { tableName } from '../../data/seed/schema.ts';
import { loadWorld } from '../../data/seed/values/index.ts';
import type { Keys } from './keys.ts';

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

/** A description, and where its parts stand. */
export interface Wanted {
  readonly description: Description;
  readonly origin?: Origin | undefined;
}

/** Reads the live schema and decides what is written. */
export async function planFor(server: LoadingServer, { description, origin }: Wanted): Promise<SeedPlan> {
  const { seed = 1, locale = 'en', now = NOW, use = [] } = description;
  const [packs, world] = await Promise.all([
    Promise.all(use.map((name) => readPack(name))),
    loadWorld({ seed, locale, now: Date.parse(now) }),
  ]);
  return server.within(server.live, async (client) => {
    const schema = await readSchema(client);
    if (schema.tables.length === 0) {
      throw new UserError(`${server.live} has no tables`, {
        code: 'refused',
        hints: ['Migrate first: data: { migrate: { run: … } } lets devenv up do it.'],
      });
    }
    const problems = checkDescription(description, schema, origin);
    if (problems.length > 0) throw new ConfigError(problems);
    const existing = await readExisting(client, schema);
    return planSeed({ schema, description: withPacks(description, packs, schema), world, existing });
  });
}

/** The tables of a plan with some of their rows, none of which is written. */
export function shownPlan({ tables }: SeedPlan): readonly SeededTable[] {
  return tables.map(({ rows }) => ({ table: tableName(rows.table), rows: rows.count, sample: sampleRows(rows, 3) }));
}

/** Writes a description's rows, all or none. */
export async function seedWith(
  server: LoadingServer,
  wanted: Wanted,
  { signal, progress, say }: SeedOptions,
): Promise<readonly SeededTable[]> {
  const plan = await planFor(server, wanted);
  for (const note of plan.notes) say(note);
  const total = plan.tables.reduce((sum, { rows }) => sum + rows.count, 0);
  const done = new Map<string, number>();
  const loaded = await server.within(server.live, (client) =>
    loadRows(client, plan, {
      triggers: wanted.description.triggers ?? true,
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
export async function withUndo<T>(keys: Keys, now: string, act: () => Promise<T>): Promise<T> {
  const { server } = keys;
  const life = await keys.keepForUndo(now);
  const kept = await keepUndo(server, 'seed', { now });
  await keys.goOn(now);
  try {
    return await act();
  } catch (error) {
    await dropCopy(server, kept).catch(() => {});
    await keys.goBack(life).catch(() => {});
    throw error;
  }
}
