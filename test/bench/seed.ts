import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import pg from 'pg';
import streams from 'pg-copy-streams';
import type { SeedResult } from '../../src/app/data/seed-environment.ts';
import { makeDevenvProject } from './devenv-project.ts';
import type { Measurement, Scenario } from './measurement.ts';
import { type Summary, summarise } from './statistics.ts';

const ROWS = 1_000_000;
const RUNS = 3;
/** Of the library that is held against: it takes a minute for as many as ours. */
const THEIR_ROWS = 20_000;
const MEMORY_EVERY_MS = 50;

const CONFIG = `
name: bench
runtime: embedded
services: { db: { engine: postgres, version: "17" } }
env: { DATABASE_URL: "\${db.url}" }
`;

const TABLE = `create table people (
  id serial primary key, first_name text not null, last_name text not null, email text not null,
  city text not null, balance numeric(10, 2) not null, created_at timestamptz not null, status text not null)`;

const DESCRIPTION = `seed: 42
tables: { people: { rows: ${ROWS}, columns: { status: { oneOf: { active: 8, invited: 1, closed: 1 } } } } }
`;

/** The same columns by drizzle-seed's own generators. */
const THEIRS = `
import { drizzle } from 'drizzle-orm/node-postgres';
import { numeric, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core';
import { seed } from 'drizzle-seed';
import pg from 'pg';
const people = pgTable('people', {
  id: serial('id').primaryKey(), firstName: text('first_name').notNull(), lastName: text('last_name').notNull(),
  email: text('email').notNull(), city: text('city').notNull(),
  balance: numeric('balance', { precision: 10, scale: 2 }).notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(), status: text('status').notNull(),
});
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const began = performance.now();
await seed(drizzle(client), { people }, { count: ${THEIR_ROWS} }).refine((f) => ({
  people: { columns: { firstName: f.firstName(), lastName: f.lastName(), email: f.email(), city: f.city(),
    balance: f.number({ minValue: 0, maxValue: 1000, precision: 100 }), createdAt: f.timestamp(),
    status: f.valuesFromArray({ values: ['active', 'invited', 'closed'] }) } },
}));
console.log(performance.now() - began);
await client.end();
`;

/** Rows made and written, against COPY of the same bytes and against a library for the same. */
export const seed: Scenario = {
  name: 'seed',
  async measure(signal) {
    await using environment = await makeDevenvProject(CONFIG, { files: { 'people.yaml': DESCRIPTION } });
    const { project } = environment;
    await environment.up();
    const { DATABASE_URL: url } = await project.json<{ DATABASE_URL: string }>(['env', '--format', 'json']);
    await query(url, TABLE);
    const folder = await mkdtemp(join(tmpdir(), 'devenv-bench-'));
    try {
      const [ours, copied, memory]: [number[], number[], number[]] = [[], [], []];
      for (let run = 0; run < RUNS; run += 1) {
        signal.throwIfAborted();
        await query(url, 'truncate people restart identity');
        ours.push((await project.json<SeedResult>(['seed', 'people.yaml', '--json'])).milliseconds);
        const file = join(folder, 'people.copy');
        if (run === 0) await copyOut(url, file);
        await query(url, 'truncate people restart identity');
        copied.push(await copyIn(url, file));
      }
      await query(url, 'truncate people restart identity');
      memory.push(await peakMemory(project.path, project.env, ['seed', 'people.yaml', '--quiet']));
      const theirs = await drizzleSeed(url, folder);
      return measurements(summarise(ours), summarise(copied), summarise(memory), theirs);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function measurements(ours: Summary, copied: Summary, memory: Summary, theirs: number): readonly Measurement[] {
  const per = (rows: number) => (ms: number) => (ms / rows) * 100_000;
  const devenv = summarise(ours.values.map(per(ROWS)));
  return [
    {
      ...{ name: 'seed, 8 columns, 100,000 of 1,000,000 rows', unit: 'ms', devenv },
      reference: { name: 'COPY of the same bytes', ...summarise(copied.values.map(per(ROWS))) },
      target: { atMost: 2.5, of: 'reference' },
    },
    {
      ...{ name: 'seed, 8 columns, 100,000 rows', unit: 'ms', devenv },
      reference: { name: `drizzle-seed (${THEIR_ROWS} rows)`, ...summarise([per(THEIR_ROWS)(theirs)]) },
      target: { atMost: 0.1, of: 'reference' },
    },
    { name: 'seed, 1,000,000 rows, peak memory', unit: 'MB', devenv: memory, target: { atMost: 300, of: 'unit' } },
  ];
}

async function within<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const query = (url: string, sql: string) => within(url, (client) => client.query(sql));

const copyOut = (url: string, file: string) =>
  within(url, (client) => pipeline(client.query(streams.to('copy people to stdout')), createWriteStream(file)));

function copyIn(url: string, file: string): Promise<number> {
  return within(url, async (client) => {
    const began = performance.now();
    await pipeline(createReadStream(file), client.query(streams.from('copy people from stdin')));
    return performance.now() - began;
  });
}

/** The most that the command had in memory at once, in MB. */
async function peakMemory(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> {
  const bin = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
  const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: 'ignore' });
  let peak = 0;
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, MEMORY_EVERY_MS);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`devenv ${args.join(' ')} ended with ${code}`);
  return peak / 1000;
}

async function drizzleSeed(url: string, folder: string): Promise<number> {
  await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}');
  await execa('npm', ['install', '--no-audit', '--no-fund', 'drizzle-orm', 'drizzle-seed', 'pg'], { cwd: folder });
  await writeFile(join(folder, 'seed.js'), THEIRS);
  await query(url, 'truncate people restart identity');
  const { stdout } = await execa(process.execPath, ['seed.js'], { cwd: folder, env: { DATABASE_URL: url } });
  return Number(stdout.trim().split('\n').at(-1));
}
