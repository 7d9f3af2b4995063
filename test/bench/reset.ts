import pg from 'pg';
import type { ResetResult } from '../../src/app/data/reset.ts';
import type { Project } from '../support/project.ts';
import { makeDevenvProject } from './devenv-project.ts';
import type { Measurement, Scenario } from './measurement.ts';
import { type Summary, summarise } from './statistics.ts';

const RUNS = 7;
const IN_A_ROW = 10;
const CLIENTS = 8;
/** About 300 bytes a row, its index included. */
const ROWS = { '25 MB': 80_000, '1 GB': 3_400_000 } as const;

type Size = keyof typeof ROWS;

const config = (rows: number) => `
name: bench
runtime: embedded
services:
  db: { engine: postgres, version: "17" }
env: { DATABASE_URL: "\${db.url}" }
data: { migrate: { run: "true" }, seed: [seed-${rows}.sql] }
`;

const seed = (rows: number) => `
create table big (id int primary key, text text not null);
insert into big select i, repeat(md5(i::text), 8) from generate_series(1, ${rows}) i;
`;

const KEYS = 10_000;

const configWithRedis = (rows: number) => `
name: bench
runtime: embedded
services:
  db: { engine: postgres, version: "17" }
  cache: { engine: redis }
env: { DATABASE_URL: "\${db.url}" }
data: { migrate: { run: "true" }, seed: [seed-${rows}.sql, keys.yaml] }
`;

/** All of them live for a time, which is what a swap has to carry over. */
const keys = `
redis:
  sessions: { key: "session:{n}", count: ${KEYS}, ttl: [1h, 7d], hash: { email: { like: email }, seen: { past: 30d } } }
`;

/** What somebody waits for who resets: inside of the command, and the whole of it. */
export const reset: Scenario = {
  name: 'reset',
  async measure(signal) {
    const small = await measureSize('25 MB', signal);
    const big = await measureSize('1 GB', signal);
    const both = await measureWithRedis(signal);
    return [
      { ...unit('reset, 25 MB, quiet', small.quiet), target: { atMost: 150, of: 'unit' } },
      { ...unit('reset, 1 GB, quiet', big.quiet), target: { atMost: 150, of: 'unit' } },
      {
        ...unit('reset, 1 GB against 25 MB', big.quiet),
        target: { atMost: 1.5, of: 'reference' },
        reference: { name: '25 MB', ...small.quiet },
      },
      { ...unit('reset, 25 MB, eight clients reconnect', small.stormy), target: { atMost: 250, of: 'unit' } },
      { ...unit('reset, 25 MB, ten in a row', small.inARow), target: null },
      { ...unit('reset, 25 MB, the whole command', small.whole), target: { atMost: 400, of: 'unit' } },
      { ...unit(`reset, 25 MB and ${KEYS} keys, the whole command`, both), target: { atMost: 400, of: 'unit' } },
    ];
  },
};

interface Times {
  readonly quiet: Summary;
  readonly stormy: Summary;
  readonly inARow: Summary;
  readonly whole: Summary;
}

async function measureSize(size: Size, signal: AbortSignal): Promise<Times> {
  const rows = ROWS[size];
  await using environment = await makeDevenvProject(config(rows), { files: { [`seed-${rows}.sql`]: seed(rows) } });
  const { project } = environment;
  await environment.up();
  const { DATABASE_URL: url } = await project.json<{ DATABASE_URL: string }>(['env', '--format', 'json']);
  const { quiet, whole } = await measureQuiet(project, signal);
  const stormy: number[] = [];
  const inARow: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    signal.throwIfAborted();
    await project.ok(['data', 'tidy']);
    const storm = startStorm(url);
    await storm.blows;
    stormy.push((await once(project)).milliseconds);
    await storm.end();
  }
  await project.ok(['data', 'tidy']);
  for (let run = 0; run < IN_A_ROW; run += 1) inARow.push((await once(project)).milliseconds);
  console.error(`  ${size}, ten in a row: ${inARow.map(Math.round).join(', ')} ms`);
  return { quiet: summarise(quiet), whole: summarise(whole), stormy: summarise(stormy), inARow: summarise(inARow) };
}

/** With a Redis whose keys follow: the whole of the command. */
async function measureWithRedis(signal: AbortSignal): Promise<Summary> {
  const rows = ROWS['25 MB'];
  const files = { [`seed-${rows}.sql`]: seed(rows), 'keys.yaml': keys };
  await using environment = await makeDevenvProject(configWithRedis(rows), { files });
  await environment.up();
  return summarise((await measureQuiet(environment.project, signal)).whole);
}

async function measureQuiet(project: Project, signal: AbortSignal) {
  const quiet: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    signal.throwIfAborted();
    await project.ok(['data', 'tidy']);
    const began = performance.now();
    const { milliseconds, redis } = await once(project);
    whole.push(performance.now() - began);
    quiet.push(milliseconds);
    if (redis.some(({ how }) => how !== 'swapped')) throw new Error('no copy of the keys was ready');
  }
  return { quiet, whole };
}

function once(project: Project): Promise<ResetResult> {
  return project.json<ResetResult>(['reset', '--json']);
}

/** Clients that do a little work each and connect again, whatever they are told. */
function startStorm(url: string) {
  let over = false;
  let rounds = 0;
  let tell = (): void => {};
  const blows = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!over) {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => {});
      try {
        await client.connect();
        await client.query('select count(*) from big where id < 100');
        rounds += 1;
        if (rounds > 2 * CLIENTS) tell();
      } catch {
        // It was cut off, or the database was away for a moment.
      } finally {
        await client.end().catch(() => {});
      }
    }
  });
  return {
    blows,
    async end() {
      over = true;
      await Promise.all(clients);
    },
  };
}

function unit(name: string, devenv: Summary): Pick<Measurement, 'name' | 'unit' | 'devenv'> {
  return { name, unit: 'ms', devenv };
}
