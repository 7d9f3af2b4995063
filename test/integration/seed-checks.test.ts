import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rulesOf } from '../../src/data/seed/checks/index.ts';
import type { Alternative } from '../../src/data/seed/domain.ts';
import type { Table } from '../../src/data/seed/schema.ts';
import { Draws } from '../../src/lib/draws.ts';
import { COLUMNS_IN_SQL, checkedTable, documentedChecks, NOW } from '../support/checked-table.ts';
import { dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';
import { sampleRow } from '../support/sample-row.ts';

const ROWS = 200;

/** As people write them; Postgres writes them anew before they are read. */
const EXPRESSIONS = [
  'quantity > 0 AND (age IS NULL OR age BETWEEN 18 AND 120)',
  'NOT (quantity > 0 AND age > 0)',
  'NOT (quantity IS NULL OR age > 5)',
  '(quantity > 0) IS NOT FALSE AND (age > 0) IS TRUE',
  '(quantity > 0) IS UNKNOWN OR quantity < -10',
  'quantity IN (1, 2, 3) OR quantity NOT BETWEEN 0 AND 100',
  'quantity <> ALL (ARRAY[1, 2, NULL]) OR quantity = 7',
  'low < high AND low >= 0 AND high <= 10',
  'low + 5 <= high - 2',
  'high - low BETWEEN 1 AND 7',
  'low = high OR low <> 3',
  'low IS DISTINCT FROM high',
  'low IS NOT DISTINCT FROM high',
  'low IS DISTINCT FROM 4 AND high IS NOT DISTINCT FROM 5',
  'price > 0 AND price < 0.05',
  'price::numeric >= 0 AND discount <= price',
  'rating >= 0 AND rating <= 5',
  'score * 1 > 0 OR score > 3',
  'big > 9000000000 AND big < 9000000005',
  'abs(quantity) > 3 OR quantity = 7',
  'quantity % 7 = 3 AND quantity > 20',
  'quantity % 2 <> 0',
  'mod(quantity, 10) > 7',
  "status IN ('draft', 'sent') AND (status <> 'sent' OR starts_at IS NOT NULL)",
  "(status = 'paid') = (price IS NOT NULL)",
  "CASE WHEN status = 'paid' THEN price > 0 WHEN status = 'free' THEN price = 0 ELSE price IS NULL END",
  "coalesce(price, 0) + 0 >= 0 OR coalesce(status, '') = ''",
  "coalesce(quantity, 1) > 0 AND coalesce(status, 'x') <> ''",
  'num_nonnulls(user_id, team_id, org_id) = 1',
  'num_nulls(user_id, team_id, org_id) <= 1',
  '((user_id IS NOT NULL)::integer + (team_id IS NOT NULL)::integer + (org_id IS NOT NULL)::integer) = 1',
  '(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END + CASE WHEN team_id IS NULL THEN 0 ELSE 1 END) = 2',
  "role > 'guest' AND role <> 'admin'",
  "role::text = ANY (ARRAY['guest', 'admin'])",
  'active OR NOT verified',
  'active = verified',
  'active IS NOT TRUE',
  "birth > '1900-01-01' AND birth <= CURRENT_DATE - interval '18 years'",
  'due >= CURRENT_DATE AND starts_at > now()',
  "ends_at > starts_at AND ends_at <= starts_at + interval '1 month'",
  "ends_at - starts_at >= interval '90 minutes'",
  "starts_at >= '2020-02-01 10:00:00+02' AND starts_at < '2020-02-01 12:00:00+02'",
  "starts_at::date BETWEEN '2020-01-01' AND '2020-01-03'",
  "date_part('year', birth) BETWEEN 1980 AND 1990",
  'extract(year from starts_at) <> 2024',
  'due - birth > 7',
  "opens < closes AND opens >= '08:00' AND closes <= '20:00'",
  "duration > interval '0' AND duration <= interval '1 day 02:00:00'",
  'char_length(name) BETWEEN 2 AND 5 AND length(trim(name)) > 0',
  'length(trim(both from name)) >= 3 AND name = trim(name)',
  "nullif(btrim(name), '') IS NOT NULL AND (nullif(quantity, 0) IS NULL OR quantity > 5)",
  'octet_length(name) = 6',
  'length(code) <> 4',
  "name <> '' AND btrim(name) <> ''",
  'name = lower(name) AND length(name) > 0',
  "upper(code) = code AND code ~ '^[A-Za-z]+[0-9]{2}$'",
  "lower(status) IN ('on', 'off')",
  "iso ~ '^[A-Z]{1,2}$'",
  "iso::text ~ '^[A-Z]$' OR iso LIKE 'A%'",
  "CASE role WHEN 'admin' THEN active WHEN 'guest' THEN NOT active END",
  'ratio >= 0.1 AND ratio <= 0.3',
  "email ~* '^[A-Z0-9._%+-]+@[A-Z0-9.-]+[.][A-Z]{2,}$' AND email NOT LIKE '%@example.com'",
  "slug ~ '^[[:lower:][:digit:]]+(-[[:alnum:]]+)*$' AND slug !~ '^(admin|root)$'",
  "name !~ '[[:space:]]' AND name ~ '[^[:alpha:]]'",
  "name ~ '^(?=.*[A-Z])(?=.*[0-9]).{8,12}$'",
  "name ~ '\\mfoo\\M' AND length(name) < 9",
  "name ~ '^([a-c])x\\1$'",
  "name LIKE 'a\\%_b%' OR name ILIKE ANY (ARRAY['b%', '%c'])",
  "name NOT ILIKE '%a%' AND name LIKE '___%'",
  "name SIMILAR TO '(ab|cd)_%' AND name LIKE '%!%' ESCAPE '#'",
  "starts_with(name, 'x.') AND right(name, 2) = '.y'",
  "left(code, 3) = 'ABC' OR substr(code, 1, 1) <> 'A'",
  "position('@' in email) > 1 AND strpos(email, ' ') = 0",
  "jsonb_typeof(data) IN ('object', 'array')",
  "jsonb_typeof(data) <> 'null'",
  'cardinality(tags) BETWEEN 1 AND 3 AND array_length(tags, 1) < 3',
  "tags <> '{}'",
  'array_length(tags, 1) > 0',
  'NOT isempty(seats) AND lower(seats) >= 0 AND upper(seats) <= 50',
  'NOT lower_inf(seats) AND NOT upper_inf(seats)',
  "token <> '00000000-0000-0000-0000-000000000000'",
  'octet_length(payload) = 4',
  '1 = 1 AND NOT (quantity = 5 AND (age <> 5) IS NULL)',
];

const runtime = testedRuntimes.at(-1) ?? 'embedded';
const all = [...new Set([...EXPRESSIONS, ...documentedChecks(readFileSync('README.md', 'utf8')).followed])];

/** Atoms of three values each; what is made of them at random is false, true or NULL in ways that nobody thinks of. */
const ATOMS = [
  'low > 1',
  'low <= 3',
  'high = 2',
  'high <> low',
  'age IN (1, 4)',
  'age IS NULL',
  'low < high',
  'age % 2 = 0',
];

function randomCondition(draws: Draws, depth: number): string {
  const inner = () => randomCondition(draws, depth - 1);
  if (depth === 0) return draws.pick(ATOMS);
  return draws.pick([
    () => `(${inner()} AND ${inner()})`,
    () => `(${inner()} OR ${inner()})`,
    () => `(NOT ${inner()})`,
    () => `((${inner()}) IS NOT TRUE)`,
    () => `((${inner()}) IS NOT NULL)`,
    () => `((${inner()}) = (${inner()}))`,
    () => `(CASE WHEN ${inner()} THEN ${inner()} ELSE ${inner()} END)`,
  ])();
}

describe.skipIf(runtime === 'docker' && !dockerHost)('rows made by the rules that are read from a check', () => {
  let machine: Machine;
  let client: pg.Client;

  beforeAll(async () => {
    machine = await makeMachine();
    const project = await machine.project('shop', {
      'devenv.config.yaml': `runtime: ${runtime}\nservices: { db: { engine: postgres, version: "17", database: shop } }\nenv: { DATABASE_URL: "\${db.url}" }\n`,
    });
    await project.ok(['up', '--detach']);
    const { DATABASE_URL } = await project.json<{ DATABASE_URL: string }>(['env', '--format', 'json']);
    client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    await client.query("set time zone 'UTC'; create type test_role as enum ('guest', 'member', 'admin')");
    await client.query(`create table plain (${COLUMNS_IN_SQL.join(', ')})`);
  });
  afterAll(async () => {
    await client?.end();
    await machine?.[Symbol.asyncDispose]();
  });

  const random = new Draws(7, 'conditions');
  it.each(Array.from({ length: 40 }, (_, row) => randomCondition(random.at(row), 3)))('%s', async (expression) => {
    const table = checkedTable([expression]);
    const { alternatives, judged, contradiction } = await rulesOf(table, NOW);
    expect(judged).toEqual([]);
    const all = '(select * from unnest(array[null, -1, 0, 1, 2, 3, 4, 5])) as';
    const possible = await client.query(
      `select from ${all} a (low), ${all} b (high), ${all} c (age) where (${expression}) is not false limit 1`,
    );
    expect(contradiction === null).toBe(possible.rowCount === 1);
    if (contradiction === null) expect(await wrongRows(expression, table, alternatives)).toEqual([]);
  });

  async function wrongRows(expression: string, table: Table, alternatives: readonly Alternative[]): Promise<unknown[]> {
    const draws = new Draws(1, expression);
    const made = Array.from({ length: ROWS }, (_, row) => {
      const way = alternatives[row % alternatives.length];
      return way ? sampleRow(way, table.columns, draws.at(row)) : {};
    });
    await client.query('truncate plain');
    await client.query('insert into plain select * from jsonb_populate_recordset(null::plain, $1)', [
      JSON.stringify(made.map(jsonOf)),
    ]);
    const wrong = await client.query(`select to_jsonb(plain) as row from plain where not (${expression}) limit 3`);
    return wrong.rows;
  }

  it.each(all)('%s', async (expression) => {
    await client.query('drop table if exists checked');
    await client.query(`create table checked (like plain, constraint checked_1 check (${expression}))`);
    const { rows } = await client.query<{ written: string }>(
      "select pg_get_expr(conbin, conrelid) as written from pg_constraint where conname = 'checked_1'",
    );
    const table = checkedTable([rows[0]?.written ?? '']);
    const rules = await rulesOf(table, NOW);
    expect(rules).toMatchObject({ judged: [], contradiction: null });

    expect(await wrongRows(expression, table, rules.alternatives)).toEqual([]);
    const told = await client.query(
      `select count(*) as there, count(*) filter (where (${expression})) as true from plain`,
    );
    expect(Number(told.rows[0].there)).toBe(ROWS);
    expect(Number(told.rows[0].true)).toBeGreaterThan(0);
  });
});

/** A jsonb column takes its value as JSON, every other one as text in the form of its type. */
function jsonOf(row: Record<string, string | null>): Record<string, unknown> {
  return typeof row.data === 'string' ? { ...row, data: JSON.parse(row.data) } : row;
}
