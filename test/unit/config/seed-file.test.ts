import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readSeedFile } from '../../../src/config/seed-file.ts';
import type { SeedContext, SeedFileContent } from '../../../src/core/data/seed-file.ts';
import { project } from './project.ts';

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'devenv-cache-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true, force: true });
});

async function read(name: string, text: string): Promise<SeedFileContent> {
  return readSeedFile(`seeds/${name}`, await project({ [`seeds/${name}`]: text }));
}

async function description(name: string, text: string) {
  const content = await read(name, text);
  if (content.kind !== 'description') throw new Error('it is a script');
  return content;
}

async function problems(text: string, name = 'a.yaml'): Promise<readonly string[]> {
  const error = await read(name, text).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ConfigError' });
  return (error as Error).message.split('\n');
}

const WHOLE = `# yaml-language-server: $schema=../node_modules/devenv-cli/devenv-seed.schema.json
seed: 42
locale: pt_BR
now: 2026-01-31
triggers: false
use: [shop]
rows: 5
tables:
  users:
    rows: 100
    columns:
      role: { oneOf: { admin: 1, member: 99 }, null: 0.1 }
      tier: { oneOf: [gold, 1, null] }
      created_at: { past: 2y }
      trial_ends: { future: 30d }
      age: { between: [18, 90] }
      born: { between: [1950-01-01, 2005-12-31] }
      company: { faker: company.name }
      code: { pattern: '[A-Z]{3}-\\d{4}' }
      mail: { template: '{first_name}.{row}@example.com' }
      contact: { like: email }
      nickname: { null: 0.5 }
      country: BR
      deleted_at: null
  orders: { perParent: { table: users, count: { zipf: [0, 50] } } }
  shop.items: { perParent: { table: orders, count: [1, 5] } }
redis:
  sessions: { key: 'session:{users.id}', ttl: [30m, 1d], hash: { mail: { template: '{users.email}' }, role: member } }
  counters: { key: 'counter:{n}', count: 10, string: { between: [0, 9] } }
  feed: { key: feed, stream: { length: 10, fields: { kind: { oneOf: [a, b] } } } }
  board: { key: board, sortedSet: { size: [5, 9], of: { like: name }, score: { between: [0, 100] } } }
`;

describe('a seed file', () => {
  it('in YAML says everything there is to say', async () => {
    const { description: said, origin } = await description('a.yaml', WHOLE);
    expect(said).toMatchObject({
      seed: 42,
      now: '2026-01-31',
      tables: {
        users: { rows: 100, columns: { born: { between: ['1950-01-01', '2005-12-31'] }, deleted_at: null } },
        orders: { perParent: { table: 'users', count: { zipf: [0, 50] } } },
      },
      redis: { sessions: { ttl: ['30m', '1d'] } },
    });
    expect(origin.file).toBe('seeds/a.yaml');
    expect(origin.at(['tables', 'users', 'columns', 'role'], 'key')).toEqual({ line: 12, column: 7 });
    expect(origin.at(['tables', 'users', 'columns', 'nowhere'], 'key')).toEqual({ line: 11, column: 5 });
  });

  it('is the same in JSON, and may name its schema', async () => {
    const { description: said } = await description(
      'a.json',
      '{ "$schema": "x", "tables": { "users": { "rows": 3 } } }',
    );
    expect(said).toEqual({ tables: { users: { rows: 3 } } });
  });

  it('may be empty', async () => {
    expect((await description('a.yml', '')).description).toEqual({});
  });

  it('in TypeScript gives values by functions', async () => {
    const { description: said, origin } = await description(
      'a.ts',
      "import { defineSeed } from 'devenv-cli';\nexport default defineSeed({ tables: { users: { rows: 2, columns: { n: ({ row }) => row * 2 } } } });\n",
    );
    const double = said.tables?.users?.columns?.n as (cell: { row: number; random: () => number }) => number;
    expect(double({ row: 4, random: () => 0 })).toBe(8);
    expect(origin.at(['tables'], 'key')).toBeUndefined();
  });

  it('in TypeScript may be a script, which says where it failed', async () => {
    const content = await read(
      'a.mts',
      "import { defineSeed } from 'devenv-cli';\nexport default defineSeed(async ({ query, env }) => {\n  await query('insert into a values ($1)', [env.A]);\n  throw new Error('no more');\n});\n",
    );
    if (content.kind !== 'script') throw new Error('it is a description');
    const asked: unknown[] = [];
    const context: SeedContext = {
      env: { A: '1' },
      query: async (sql, values) => {
        asked.push([sql, values]);
        return [];
      },
    };
    await expect(content.run(context)).rejects.toThrow('seeds/a.mts:4:1: failed to run: no more');
    expect(asked).toEqual([['insert into a values ($1)', ['1']]]);
  });

  it('tells all that is wrong at once, with the place and what was meant', async () => {
    const text = `sede: 1
tables:
  users:
    rows: -1
    columns:
      role: { oneof: [a] }
      a: { oneOf: [] }
      b: { past: 2 years }
      c: { between: [9, 1] }
      d: { past: 1d, future: 1d }
      e: {}
      f: [1]
      g: { null: 2 }
      h: { pattern: '(' }
      i: { template: '{first' }
      j: { oneOf: { a: 0 } }
  orders: { rows: 1, perParent: { table: users, count: [5, 1] } }
  items: { perParent: { tabel: orders, count: many } }
`;
    const nothing = 'oneOf, past, future, between, faker, pattern, template, like, null';
    expect(await problems(text)).toEqual([
      'seeds/a.yaml:1:1: sede: unknown key `sede`; did you mean `seed`?',
      'seeds/a.yaml:4:11: tables.users.rows: `-1` is not a number from 0 on',
      'seeds/a.yaml:6:15: tables.users.columns.role.oneof: unknown key `oneof`; did you mean `oneOf`?',
      'seeds/a.yaml:7:19: tables.users.columns.a.oneOf: needs at least one value',
      'seeds/a.yaml:8:18: tables.users.columns.b.past: `2 years` is not a duration, such as 2y, 30d, 12h or 90m',
      'seeds/a.yaml:9:21: tables.users.columns.c.between: has to be two numbers or two dates, the smaller one first',
      'seeds/a.yaml:10:10: tables.users.columns.d: says `past` and `future`, and only one of them can make the value',
      `seeds/a.yaml:11:10: tables.users.columns.e: says nothing; known: ${nothing}`,
      'seeds/a.yaml:12:10: tables.users.columns.f: is neither a value nor a group that says how to make one, such as { oneOf: [a, b] }',
      'seeds/a.yaml:13:18: tables.users.columns.g.null: `2` is not a share from 0 to 1',
      'seeds/a.yaml:14:21: tables.users.columns.h.pattern: `(` is not a regular expression',
      'seeds/a.yaml:15:22: tables.users.columns.i.template: `{first` is not a text in which every { } holds a name',
      'seeds/a.yaml:16:19: tables.users.columns.j.oneOf: needs at least one value whose weight is above 0',
      'seeds/a.yaml:17:11: tables.orders: says `rows` and `perParent`, and only one can say how many',
      'seeds/a.yaml:17:56: tables.orders.perParent.count: has to be two whole numbers, the smaller one first',
      'seeds/a.yaml:18:12: tables.items.perParent: `table` is missing',
      'seeds/a.yaml:18:25: tables.items.perParent.tabel: unknown key `tabel`; did you mean `table`?',
      'seeds/a.yaml:18:47: tables.items.perParent.count: is neither a whole number, nor [least, most], nor { zipf: [least, most] }',
    ]);
  });

  it.each([
    [
      'rows and perParent',
      '{ rows: 1, perParent: { table: b, count: 1 } }',
      'says `rows` and `perParent`, and only one can say how many',
    ],
    ['no group', '7', 'a group of keys is expected, not `7`'],
  ])('refuses of a table: %s', async (_what, table, message) => {
    expect(await problems(`tables:\n  a: ${table}\n`)).toEqual([`seeds/a.yaml:2:6: tables.a: ${message}`]);
  });

  it.each([
    ['no type', '{ key: a }', 'a: says not of what type they are; known: string, hash, list, set, sortedSet, stream'],
    [
      'two types',
      '{ key: a, string: x, list: { length: 1, of: x } }',
      'a: says `string` and `list`, and a key has one type',
    ],
    ['a misspelt type', '{ key: a, sortedset: {} }', 'a.sortedset: unknown key `sortedset`; did you mean `sortedSet`?'],
    ['the same key twice', '{ key: a, count: 2, string: x }', 'a.key: is the same 2 times: put {n} into it'],
    ['no count', "{ key: 'a:{n}', string: x }", 'a: `count` is missing'],
    [
      'a count of rows',
      "{ key: 'a:{b.id}', count: 2, string: x }",
      'a.count: has no say: there is a key for each row of `b`',
    ],
    [
      'rows of two tables',
      "{ key: '{b.id}:{c.id}', string: x }",
      'a.key: names `b` and `c`: rows of one table make keys',
    ],
    ['an unknown name', "{ key: 'a:{m}', string: x }", 'a.key: {m} is neither {n} nor {table.column}'],
    ['no fields', '{ key: a, hash: {} }', 'a.hash: needs at least one field'],
    [
      'no length of time',
      '{ key: a, ttl: long, string: x }',
      'a.ttl: `long` is not a duration, such as 2y, 30d, 12h or 90m',
    ],
    [
      'no time at all',
      '{ key: a, ttl: 0s, string: x }',
      'a.ttl: `0s` is not a duration of more than 0, such as 30m or 1d',
    ],
    [
      'times turned round',
      '{ key: a, ttl: [2d, 1d], string: x }',
      'a.ttl: has to be two durations, the shorter one first',
    ],
    [
      'a score of text',
      '{ key: a, sortedSet: { size: 3, of: x, score: high } }',
      'a.sortedSet.score: sorts by numbers, and `high` is none',
    ],
    [
      'a score of one text',
      '{ key: a, sortedSet: { size: 3, of: x, score: { oneOf: [1, low] } } }',
      'a.sortedSet.score: sorts by numbers, and `low` is none',
    ],
  ])('refuses of keys of Redis: %s', async (_what, keys, message) => {
    const [problem, ...more] = await problems(`redis:\n  a: ${keys}\n`);
    expect(problem?.replace(/^seeds\/a\.yaml:2:\d+: redis\./, '')).toBe(message);
    expect(more).toEqual([]);
  });

  it.each([
    ['a.yaml', 'tables: [', /^seeds\/a\.yaml:1:\d+: /],
    ['a.yaml', 'text', /^seeds\/a\.yaml:1:1: has to be a group of keys, such as `tables:`$/],
    ['a.json', '{ "rows": 1, }', /^seeds\/a\.json:1:12: JSON allows no comma before the end$/],
    [
      'a.ts',
      'export const a = 1;\n',
      /^seeds\/a\.ts: has no default export; write `export default defineSeed\(\{ … \}\)`$/,
    ],
    ['a.ts', "throw new Error('x');\n", /^seeds\/a\.ts:1:1: failed to run: x$/],
    ['a.ts', 'export default { rows: () => 1 };\n', /^seeds\/a\.ts: rows: a number is expected, not a function$/],
    [
      'a.mjs',
      'export default { now: new Date(0) };\n',
      /^seeds\/a\.mjs: now: is an object of class Date, not plain data$/,
    ],
    ['a.rb', '', /^seeds\/a\.rb: is no seed file: it has to end in \.yaml, /],
  ])('refuses %s of %j', async (name, text, message) => {
    const [problem, ...more] = await problems(text, name);
    expect(problem).toMatch(message);
    expect(more).toEqual([]);
  });

  it('that is not there is refused by its name', async () => {
    await expect(readSeedFile('seeds/no.yaml', await project({}))).rejects.toThrow("seeds/no.yaml: can't be read");
    await expect(readSeedFile('seeds/no.ts', await project({}))).rejects.toThrow("seeds/no.ts: can't be read");
  });
});
