import { readPack } from '../../config/seed-pack.ts';
import type { Description } from '../../core/data/description.ts';
import type { Origin } from '../../core/data/seed-file.ts';
import { ConfigError, UserError } from '../../core/errors.ts';
import { checkDescription } from '../../data/check-description.ts';
import type { LoadingServer } from '../../data/postgres/index.ts';
import { loadRows, type Planning, readExisting, readSchema, recounted } from '../../data/postgres/seeding/index.ts';
import { getsRows } from '../../data/seed/asked.ts';
import { withPacks } from '../../data/seed/packs/packs.ts';
import { planSeed, type SeedPlan } from '../../data/seed/plan.ts';
import { type Schema, type Table, tableName } from '../../data/seed/schema.ts';
import { loadWorld, type World } from '../../data/seed/values/index.ts';
import { placing } from './placing.ts';
import { type SeededEnvironment, type SeededKeys, seedRedis } from './seed-redis.ts';

/** What a table gets. */
export interface SeededTable {
  readonly table: string;
  readonly rows: number;
  /** Some of its rows, for a plan that is only shown: column names to text. */
  readonly sample: readonly Readonly<Record<string, string | null>>[];
}

/** What was written. */
export interface Seeded {
  readonly tables: readonly SeededTable[];
  /** Of each Redis that got some. */
  readonly keys: readonly SeededKeys[];
}

export interface SeedOptions {
  /** The environment that is seeded. */
  readonly environment: SeededEnvironment;
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

/** A plan, with what it was made from. */
export interface MadePlan extends SeedPlan {
  readonly schema: Schema;
  readonly world: World;
}

/** Reads the live schema and decides what is written; `hold` is told which tables get rows before those are looked at. */
export async function planFor(
  server: LoadingServer,
  { description, origin }: Wanted,
  hold?: (tables: readonly Table[]) => Promise<void>,
): Promise<MadePlan> {
  const { use = [] } = description;
  const [packs, world] = await Promise.all([
    Promise.all(use.map((name, index) => placing(origin, ['use', index], () => readPack(name)))),
    placing(origin, ['locale'], () => worldOf(description)),
  ]);
  return server.within(server.live, async (client) => {
    const found = await readSchema(client);
    if (found.tables.length === 0) {
      throw new UserError(`${server.live} has no tables`, {
        code: 'refused',
        hints: ['Migrate first: data: { migrate: { run: … } } lets devenv up do it.'],
      });
    }
    const problems = checkDescription(description, found, origin);
    if (problems.length > 0) throw new ConfigError(problems);
    const whole = withPacks(description, packs, found);
    await hold?.(found.tables.filter((table) => getsRows(table, whole)));
    const schema = hold ? await recounted(client, found) : found;
    const existing = await readExisting(client, schema);
    const plan = await planSeed({ schema, description: whole, world, existing });
    return { ...plan, schema, world };
  });
}

function worldOf({ seed = 1, locale = 'en', now = NOW }: Description): Promise<World> {
  return loadWorld({ seed, locale, now: Date.parse(now) });
}

/** Writes a description's rows, all or none, and then its keys. */
export function seedWith(server: LoadingServer, wanted: Wanted, options: SeedOptions): Promise<Seeded> {
  return placing(wanted.origin, null, () => write(server, wanted, options));
}

async function write(server: LoadingServer, wanted: Wanted, options: SeedOptions): Promise<Seeded> {
  const { signal, progress, say } = options;
  let total = 0;
  const done = new Map<string, number>();
  const said = new Set<string>();
  const planning: Planning<MadePlan> = async (hold) => {
    const plan = await planFor(server, wanted, hold);
    for (const note of plan.notes.filter((one) => !said.has(one))) {
      said.add(note);
      say(note);
    }
    total = plan.tables.reduce((sum, { rows }) => sum + rows.count, 0);
    return plan;
  };
  const plan = await server.within(server.live, (client) =>
    loadRows(client, planning, {
      triggers: wanted.description.triggers ?? true,
      signal,
      say,
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
  const tables = plan.tables.map(({ rows }) => ({ table: tableName(rows.table), rows: rows.count, sample: [] }));
  const { redis } = wanted.description;
  if (!redis) return { tables, keys: [] };
  const keys = await seedRedis(options.environment, server, redis, plan, {
    replace: false,
    signal,
    progress: (done) => progress('keys', done, done),
    say,
  });
  return { tables, keys };
}
