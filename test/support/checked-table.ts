import type { Check, Column, ScalarType, Table, Type } from '../../src/data/seed/schema.ts';

/** What now() stands for in these tests: some time ago, so that a real server's clock is later. */
export const NOW = Date.UTC(2024, 5, 15);

function scalar(name: string, limits: Partial<ScalarType> = {}): ScalarType {
  return { kind: 'scalar', name, length: null, precision: null, scale: null, ...limits };
}

const money = scalar('numeric', { precision: 10, scale: 2 });
const instant = scalar('timestamptz');

/** Columns for any check: what Postgres is told of them, and what seeding knows. */
const COLUMNS: Readonly<Record<string, readonly [sql: string, type: Type]>> = {
  quantity: ['integer', scalar('int4')],
  age: ['integer', scalar('int4')],
  low: ['integer', scalar('int4')],
  high: ['integer', scalar('int4')],
  user_id: ['integer', scalar('int4')],
  team_id: ['integer', scalar('int4')],
  org_id: ['integer', scalar('int4')],
  score: ['smallint', scalar('int2')],
  big: ['bigint', scalar('int8')],
  rating: ['double precision', scalar('float8')],
  ratio: ['real', scalar('float4')],
  price: ['numeric(10,2)', money],
  discount: ['numeric(10,2)', money],
  status: ['text', scalar('text')],
  email: ['text', scalar('text')],
  name: ['text', scalar('text')],
  slug: ['text', scalar('text')],
  code: ['character varying(20)', scalar('varchar', { length: 20 })],
  iso: ['character(2)', scalar('bpchar', { length: 2 })],
  role: ['test_role', { kind: 'enum', name: 'test_role', labels: ['guest', 'member', 'admin'] }],
  active: ['boolean', scalar('bool')],
  verified: ['boolean', scalar('bool')],
  birth: ['date', scalar('date')],
  due: ['date', scalar('date')],
  starts_at: ['timestamp with time zone', instant],
  ends_at: ['timestamp with time zone', instant],
  opens: ['time without time zone', scalar('time')],
  closes: ['time without time zone', scalar('time')],
  duration: ['interval', scalar('interval')],
  data: ['jsonb', scalar('jsonb')],
  tags: ['text[]', { kind: 'array', name: 'text[]', element: scalar('text'), dimensions: 1 }],
  seats: ['int4range', { kind: 'range', name: 'int4range', subtype: scalar('int4'), multi: false }],
  token: ['uuid', scalar('uuid')],
  payload: ['bytea', scalar('bytea')],
};

export const COLUMNS_IN_SQL = Object.entries(COLUMNS).map(([name, [sql]]) => `${name} ${sql}`);

export function column(name: string, type: Type, more: Partial<Column> = {}): Column {
  const nothing = { default: null, identity: null, generated: false, sequence: null, comment: null };
  return { name, type, notNull: false, ...nothing, ...more };
}

/** A table of all these columns with the checks; `change` says what differs. */
export function checkedTable(checks: readonly (string | Check)[], change: Partial<Table> = {}): Table {
  return {
    schema: 'public',
    name: 'checked',
    columns: Object.entries(COLUMNS).map(([name, [, type]]) => column(name, type)),
    checks: checks.map((check, at) =>
      typeof check === 'string' ? { name: `check_${at + 1}`, expression: check } : check,
    ),
    uniques: [],
    foreignKeys: [],
    exclusions: [],
    partitions: null,
    partitioned: false,
    comment: null,
    rows: 0,
    triggers: [],
    ...change,
  };
}

/** Of the README's table of conditions: those that are followed by construction, and those that Postgres judges. */
export function documentedChecks(readme: string): { readonly followed: string[]; readonly judged: string[] } {
  const start = readme.indexOf('| a check on |');
  const rows = readme.slice(start).split('\n\n')[0]?.split('\n').slice(2) ?? [];
  const examples = (row: string) =>
    [...(row.split(/(?<!\\)\|/)[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|'));
  return {
    followed: rows.filter((row) => !row.startsWith('| anything else')).flatMap(examples),
    judged: rows.filter((row) => row.startsWith('| anything else')).flatMap(examples),
  };
}
