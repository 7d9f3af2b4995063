import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeedResult } from '../../src/app/data/seed-environment.ts';
import { queryPostgres, queryRedis } from '../support/clients.ts';
import { expectFailure } from '../support/failure.ts';
import { killedWhen } from '../support/kill.ts';
import { type Machine, makeMachine, type Project } from '../support/project.ts';
import { seedFixture } from '../support/seeding.ts';
import { until } from '../support/until.ts';

/** What is written doesn't depend on where the server runs: that is seen in `up`, whose tests run on both. */
describe('devenv seed', () => {
  let machine: Machine;
  let shop: Project;
  let url: string;

  beforeAll(async () => {
    machine = await makeMachine();
    shop = await machine.project('shop', {
      'devenv.config.yaml': `
runtime: embedded
services: { db: { engine: postgres, version: "17" }, cache: { engine: redis }, jobs: { engine: redis } }
env: { DATABASE_URL: "\${db.url}", REDIS_URL: "\${cache.url}", JOBS_URL: "\${jobs.url}" }
data: { seed: [schema.sql, ledger.sql, seeds/dev.yaml, seeds/more.ts] }
`,
      'schema.sql': await seedFixture('shop.sql'),
      'ledger.sql': `
create table schema_migrations (version bigint primary key, dirty boolean not null);
insert into schema_migrations values (1, false);
create table migrations (id int primary key, bird text not null, departed_on date not null);
`,
      'seeds/dev.yaml': `
use: [shop]
tables: { users: { rows: 50 } }
redis:
  sessions: { service: cache, key: "session:{users.id}", ttl: 1d, hash: { email: "{users.email}" } }
  queue: { service: jobs, key: queue, list: { length: 3, of: work } }
`,
      'seeds/more.ts': `import { defineSeed } from 'devenv-cli';
export default defineSeed(async ({ query, env }) => {
  const path = new URL(env.DATABASE_URL).pathname;
  await query('insert into categories (name, slug) values ($1, $2)', [path, 'from-a-script']);
});
`,
    });
    await shop.ok(['up', '--detach']);
    url = (await shop.json<{ DATABASE_URL: string }>(['env', '--format', 'json'])).DATABASE_URL;
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const count = async (table: string) => Number(await queryPostgres(url, `select count(*) from ${table}`));

  it('fills a new database with descriptions and scripts, and the Redis beside it', async () => {
    expect(await count('users')).toBe(50);
    expect(await count('orders')).toBeGreaterThan(0);
    expect(await queryPostgres(url, "select name from categories where slug = 'from-a-script'")).toBe('/shop');
    const urls = await shop.json<{ REDIS_URL: string; JOBS_URL: string }>(['env', '--format', 'json']);
    expect(await queryRedis(urls.REDIS_URL, ['DBSIZE'])).toBe(50);
    expect(await queryRedis(urls.JOBS_URL, ['LLEN', 'queue'])).toBe(3);
    expect(await queryRedis(urls.JOBS_URL, ['DBSIZE'])).toBe(1);
    const email = await queryPostgres(url, 'select email from users where id = 7');
    expect(await queryRedis(urls.REDIS_URL, ['HGET', 'session:7', 'email'])).toBe(email);
    await shop.write({
      'seeds/which.yaml': 'redis: { a: { key: a, string: x } }',
      'seeds/other.yaml': 'redis: { a: { service: db, key: a, string: x } }',
    });
    expectFailure(await shop.devenv(['seed', 'seeds/which.yaml']), {
      code: 2,
      says: ['redis.a: which of cache, jobs gets the keys?', 'service: cache'],
    });
    expectFailure(await shop.devenv(['seed', 'seeds/other.yaml']), {
      code: 2,
      says: ['redis.a.service: there is no Redis db'],
    });
  });

  it('says what it would write, writes it, and takes it back', async () => {
    const before = await count('users');
    const shown = (await shop.ok(['seed', '--rows', '20', '--dry-run'])).stdout;
    expect(shown).toMatch(/^users: 20 rows\n {2}id +email/m);
    expect(shown.indexOf('users:')).toBeLessThan(shown.indexOf('orders:'));
    expect(await count('users')).toBe(before);
    const done = await shop.json<SeedResult>(['seed', '--rows', '20', '--json']);
    expect(done.tables.find(({ table }) => table === 'users')?.rows).toBe(20);
    expect(await count('users')).toBe(before + 20);
    expect((await shop.ok(['undo'])).stdout).toContain('the seed is taken back');
    expect(await count('users')).toBe(before);
  });

  it('leaves alone what records migrations, and says so, unless it is named', async () => {
    const says = 'left alone: schema_migrations, which records migrations';
    const shown = await shop.ok(['seed', '--rows', '5', '--dry-run']);
    expect(shown.stderr).toContain(says);
    expect(shown.stdout).toContain('\nmigrations: 5 rows\n');
    expect(shown.stdout).not.toContain('schema_migrations');
    const birds = await count('migrations');
    expect((await shop.ok(['seed', '--rows', '5'])).stderr).toContain(says);
    expect(await count('migrations')).toBe(birds + 5);
    expect(await queryPostgres(url, 'select array_agg(version)::text from schema_migrations')).toBe('{1}');
    await shop.write({ 'seeds/ledger.yaml': 'tables: { schema_migrations: { rows: 2 } }' });
    const named = await shop.ok(['seed', 'seeds/ledger.yaml']);
    expect(named.stderr).not.toContain('left alone');
    expect(await count('schema_migrations')).toBe(3);
    for (let step = 0; step < 2; step += 1) await shop.ok(['undo']);
  });

  it('leaves nothing of what was killed half-way', async () => {
    const before = await count('users');
    // Not in the database that is seeded: whoever is there is cut off while it is copied for undo.
    const aside = Object.assign(new URL(url), { pathname: '/postgres' }).href;
    const copying = async () =>
      Number(await queryPostgres(aside, "select count(*) from pg_stat_activity where query ilike 'copy %'")) > 0;
    await killedWhen('rows are written', copying, shop, ['seed', '--rows', '300000', '--quiet']);
    await until('the server has noticed', async () => !(await copying()));
    expect(await count('users')).toBe(before);
    expect((await shop.json<SeedResult>(['seed', '--rows', '3', '--json'])).rows).toBeGreaterThan(0);
  });

  it('refuses a file that would leave its transaction before anything of it runs', async () => {
    const before = await count('categories');
    const insert = "insert into categories (name, slug) values ('a', 'a');";
    for (const [text, statement] of [
      [`${insert}\n-- done\ncommit;\nselect 1/0;`, 'leaves.sql:3: `commit`'],
      [`rollback;\n${insert}`, 'leaves.sql:1: `rollback`'],
      [`begin;\n${insert}\ncommit;`, 'leaves.sql:1: `begin`'],
    ] as const) {
      await shop.write({ 'seeds/leaves.sql': text });
      expectFailure(await shop.devenv(['seed', 'seeds/leaves.sql']), {
        code: 4,
        says: [statement, 'Nothing of the file'],
      });
      expect(await count('categories')).toBe(before);
    }
    await shop.write({ 'seeds/leaves.sql': `savepoint s; ${insert} rollback to s; ${insert}` });
    await shop.ok(['seed', 'seeds/leaves.sql']);
    expect(await count('categories')).toBe(before + 1);
    await shop.ok(['undo']);
  });

  it('runs no file with a variable that leads to another database, unless that is declared', async () => {
    await shop.write({
      '.env': 'PRODX_URL=postgres://me:hunter2@db.example.com/shop\n',
      'seeds/reads.ts': `import { writeFileSync } from 'node:fs';
writeFileSync('ran', '');
export default async () => {};
`,
    });
    for (const args of [['seeds/reads.ts'], ['seeds/reads.ts', '--dry-run'], []]) {
      expectFailure(await shop.devenv(['seed', ...args]), {
        code: 5,
        says: ['PRODX_URL (.env:1) leads to db.example.com:5432'],
        hides: ['hunter2'],
      });
    }
    expect(await readdir(shop.path)).not.toContain('ran');
    expect((await shop.json<SeedResult>(['seed', '--rows', '1', '--json'])).rows).toBeGreaterThan(0);
    await shop.ok(['undo']);
    await shop.write({ '.env': '' });
  });

  it('tells of a mistake in a file where it stands', async () => {
    await shop.write({ 'seeds/wrong.yaml': 'tables:\n  oders: { rows: 1 }\n' });
    const { code, stderr } = await shop.devenv(['seed', 'seeds/wrong.yaml']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/seeds\/wrong.yaml:2:3.*orders/) });
    const nothing = await shop.devenv(['seed', 'seeds/none.yaml']);
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('seeds/none.yaml') });
  });
});

describe('data.reset', () => {
  it('resets by itself, each database at its own times, and says so in its log', async () => {
    await using machine = await makeMachine();
    const shared = await machine.project('shared', {
      'devenv.config.yaml': `
runtime: embedded
services: { db: { engine: postgres, version: "17" }, events: { engine: postgres, version: "17" } }
env: { DATABASE_URL: "\${db.url}", EVENTS_URL: "\${events.url}" }
data:
  - { service: db, seed: [seed.sql], reset: "*/2 * * * * *" }
  - { service: events, seed: [seed.sql], reset: "0 0 1 1 *" }
`,
      'seed.sql': 'create table notes (id int primary key)',
    });
    await shared.ok(['up', '--detach']);
    const { DATABASE_URL, EVENTS_URL } = await shared.json<Record<string, string>>(['env', '--format', 'json']);
    await queryPostgres(EVENTS_URL ?? '', 'insert into notes values (1)');
    const notes = () => queryPostgres(DATABASE_URL ?? '', 'select count(*) from notes').catch(() => null);
    for (let time = 1; time <= 2; time += 1) {
      await until('a note is written', () =>
        queryPostgres(DATABASE_URL ?? '', `insert into notes values (${time}) returning id`).catch(() => null),
      );
      await until('the note is gone', async () => Number((await notes()) ?? -1) === 0);
    }
    const { stdout } = await shared.ok(['logs', 'data-resets']);
    expect(stdout).toMatch(/shared is back at its baseline after \d+ ms; devenv undo takes that back/);
    expect(stdout).toMatch(/next reset of db: \d{4}-/);
    expect(Number(await queryPostgres(EVENTS_URL ?? '', 'select count(*) from notes'))).toBe(1);
  });
});
