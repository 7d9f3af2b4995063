import { once } from 'node:events';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '../../src/data/postgres/catalog/index.ts';
import { ANY } from '../../src/data/seed/domain.ts';
import { baseOf, type Column, type Table, type Type } from '../../src/data/seed/schema.ts';
import type { Value } from '../../src/data/seed/value.ts';
import { decode, encode, generatorOf, loadWorld, type World } from '../../src/data/seed/values/index.ts';
import { dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';

/** What a server reads doesn't depend on where it runs. */
const runtime = testedRuntimes.find((one) => one !== 'docker' || dockerHost);
const COUNT = 200;

const SCALARS = [
  ...[
    'int2',
    'int4',
    'int8',
    'float4',
    'float8',
    'numeric',
    'numeric(8,2)',
    'numeric(20,6)',
    'numeric(3,0)',
    'money',
    'oid',
  ],
  ...['date', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval', 'bool', 'uuid', 'json', 'jsonb'],
  ...['text', 'varchar', 'varchar(5)', 'varchar(30)', 'char(3)', 'char(40)', '"char"', 'name', 'bytea'],
  ...[
    'inet',
    'cidr',
    'macaddr',
    'macaddr8',
    'bit(1)',
    'bit(12)',
    'varbit',
    'varbit(5)',
    'tsvector',
    'tsquery',
    'pg_lsn',
  ],
  ...['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'xml'],
];
const OWN = [
  ...[
    'mood',
    'positive',
    'place',
    'timerange',
    'int4range',
    'int8range',
    'numrange',
    'daterange',
    'tsrange',
    'tstzrange',
  ],
  ...['int4multirange', 'datemultirange', 'tstzmultirange', 'citext', 'hstore', 'ltree'],
  ...[
    'int4[]',
    'text[][]',
    'numeric(8,2)[]',
    'timestamptz[]',
    'box[]',
    'mood[]',
    'place[]',
    'daterange[]',
    'jsonb[]',
    'bytea[]',
  ],
];
const TYPES = [...SCALARS, ...OWN];
/** Printed as they were read. */
const VERBATIM = ['text', 'varchar', 'name', 'uuid', 'macaddr', 'macaddr8', 'bit', 'varbit', 'bytea', 'json', 'pg_lsn'];

describe.skipIf(!runtime)('values that are made for each type', () => {
  let machine: Machine;
  let client: pg.Client;
  let world: World;
  let tables: ReadonlyMap<string, Table>;

  beforeAll(async () => {
    machine = await makeMachine();
    const project = await machine.project('values', {
      'devenv.config.yaml': `runtime: ${runtime}\nservices: { db: { engine: postgres, version: "17" } }\nenv: { URL: "\${db.url}" }\n`,
    });
    await project.ok(['up', '--detach']);
    const { URL: url } = await project.json<{ URL: string }>(['env', '--format', 'json']);
    client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
       create extension citext; create extension hstore; create extension ltree;
       create type mood as enum ('sad', 'ok', 'very happy', 'it''s "odd"');
       create domain positive as int not null check (value > 0);
       create type place as (city text, "zip code" varchar(5), location point);
       create type timerange as range (subtype = time)`,
    );
    for (const [index, type] of TYPES.entries()) {
      await client.query(`create table t${index} (id int generated always as identity, value ${type} not null)`);
    }
    const schema = await readSchema(client);
    tables = new Map(schema.tables.map((table) => [table.name, table]));
    world = await loadWorld({ seed: 7, locale: 'en', now: Date.UTC(2026, 0, 1) });
  });
  afterAll(async () => {
    await client.end();
    await machine[Symbol.asyncDispose]();
  });

  async function written(table: Table, texts: readonly string[]): Promise<readonly string[]> {
    await client.query(`truncate ${table.name}`);
    const stream = client.query(from(`copy ${table.name} (value) from stdin`));
    const failed = once(stream, 'error').then(([error]) => Promise.reject(error));
    stream.end(texts.map((text) => `${text.replace(/[\\\n\r\t]/g, (one) => `\\${one}`)}\n`).join(''));
    await Promise.race([once(stream, 'finish'), failed]);
    return (await client.query(`select value::text as text from ${table.name} order by id`)).rows.map(
      ({ text }) => text,
    );
  }

  it.each(TYPES.map((type, index) => [type, index] as const))('%s is taken by the server', async (_, index) => {
    const table = tables.get(`t${index}`) as Table;
    const column = table.columns.find(({ name }) => name === 'value') as Column;
    const { type } = column;
    const context = { table, column, domain: ANY, description: undefined, other: () => null };
    const generator = generatorOf(context, world);
    const values = Array.from({ length: COUNT }, (_, row) => generator?.value(row, 0) ?? null);
    const texts = values.map((value) => encode(type, value));
    const printed = await written(table, texts);
    expect(printed.map((text) => decode(type, text))).toEqual(
      texts.map((text, row) => expected(type, text, printed[row])),
    );
    for (const [row, value] of values.entries())
      if (isNumeric(type)) expect(decode(type, texts[row] as string)).toBe(value);

    const { distinct } = generator ?? {};
    if (!distinct) return;
    const count = Math.min(COUNT, distinct.size);
    const different = await written(
      table,
      Array.from({ length: count }, (_, number) => encode(type, distinct.at(number))),
    );
    expect(new Set(different.map((text) => text.toLowerCase())).size).toBe(count);
    if (baseOf(type).kind !== 'range') return;
    const { rows } = await client.query(
      `select 1 from t${index} a join t${index} b on a.id < b.id and a.value && b.value`,
    );
    expect(rows).toEqual([]);
  });

  /** Where the server may print it otherwise, only that it was taken counts. */
  function expected(type: Type, text: string, printed: string | undefined): Value {
    const base = baseOf(type);
    if (base.kind === 'enum') return text;
    if (base.kind !== 'scalar') return printed ?? null;
    return isNumeric(type) || base.name === 'bool' || VERBATIM.includes(base.name)
      ? decode(type, text)
      : (printed ?? null);
  }

  function isNumeric(type: Type): boolean {
    const base = baseOf(type);
    const names = ['date', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval', 'money', 'oid', 'numeric'];
    return base.kind === 'scalar' && (names.includes(base.name) || /^(int|float)\d$/.test(base.name));
  }
});
