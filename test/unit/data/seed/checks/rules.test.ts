import { describe, expect, it } from 'vitest';
import { domainsOf, rulesOf } from '../../../../../src/data/seed/checks/index.ts';
import type { Type } from '../../../../../src/data/seed/schema.ts';
import { checkedTable, column, NOW } from '../../../../support/checked-table.ts';
import { toldRules } from '../../../../support/told-rules.ts';

const DAY = 86_400_000;
const today = NOW / DAY;

/** As pg_get_expr writes them, and as people do: what is left of the columns, one line a way. */
const CASES: readonly (readonly [expression: string, ...ways: string[]])[] = [
  ['(price > (0)::numeric)', 'price: >= 0.01'],
  ['((price >= 0.01) AND (price <= 99.5))', 'price: >= 0.01, <= 99.5'],
  ['(0 < quantity)', 'quantity: >= 1'],
  ['(quantity > 0.5)', 'quantity: >= 1'],
  ["(quantity > '-5'::integer)", 'quantity: >= -4'],
  ['(quantity < (60 * 60))', 'quantity: <= 3599'],
  ['(quantity + 5 > 10)', 'quantity: >= 6'],
  ['quantity NOT BETWEEN 3 AND 5', 'quantity: <= 2', 'quantity: >= 6'],
  ['quantity BETWEEN SYMMETRIC 5 AND 3', 'quantity: >= 3, <= 5'],
  ['quantity = 1 OR quantity = 2 OR quantity IS NULL', 'quantity: in [1,2]'],
  ['quantity BETWEEN 1 AND 5 OR quantity BETWEEN 5 AND 9', 'quantity: >= 1, <= 9'],
  [
    "((status)::text = ANY ((ARRAY['draft'::character varying, 'sent'::character varying])::text[]))",
    'status: in ["draft","sent"]',
  ],
  ['status = ANY (\'{draft,"in transit"}\'::text[])', 'status: in ["draft","in transit"]'],
  ["status NOT IN ('x', 'y')", 'status: not in ["x","y"]'],
  ["(role <> 'admin'::test_role)", 'role: in ["guest","member"]'],
  ["(role >= 'member'::test_role)", 'role: in ["member","admin"]'],

  // A CHECK that is NULL passes; what IS NULL, IS TRUE and NOT make of it is not the same.
  ['quantity IS NOT NULL AND age > 0', 'quantity: not null | age: >= 1'],
  ['NOT (quantity > 0)', 'quantity: <= 0'],
  ['(quantity > 0) IS TRUE', 'quantity: not null, >= 1'],
  ['(quantity > 0) IS NOT FALSE', 'quantity: >= 1'],
  ['(quantity > 0) IS NULL', 'quantity: null'],
  ['NOT ((quantity > 0) IS NULL)', 'quantity: not null'],
  ['quantity > 0 OR age IS NOT NULL', 'quantity: >= 1', 'age: not null'],
  ['quantity <> ALL (ARRAY[1, NULL])', 'quantity: not in [1]'],
  ['(quantity <> ALL (ARRAY[1, NULL])) IS TRUE'],
  ['quantity IS DISTINCT FROM 5', 'quantity: not in [5]'],
  ['NOT (quantity IS DISTINCT FROM 5)', 'quantity: not null, in [5]'],
  ['quantity IS DISTINCT FROM NULL', 'quantity: not null'],
  ["(NULLIF(name, ''::text) IS NOT NULL)", 'name: not null, length >= 1'],
  ['(NULLIF(quantity, 0) IS NULL)', 'quantity: in [0]'],
  ['active', 'active: in [true]'],
  ['active IS NOT TRUE', 'active: in [false]'],
  ['(active IS NULL) OR (NOT active)', 'active: in [false]'],
  ['((price IS NULL) = (discount IS NULL))', 'price: null | discount: null', 'price: not null | discount: not null'],
  ['(num_nonnulls(user_id, team_id) = 1)', 'user_id: not null | team_id: null', 'user_id: null | team_id: not null'],
  [
    '((((user_id IS NOT NULL))::integer + ((team_id IS NOT NULL))::integer) = 1)',
    'user_id: not null | team_id: null',
    'user_id: null | team_id: not null',
  ],
  ['(COALESCE(price, (0)::numeric) > (5)::numeric)', 'price: not null, >= 5.01'],
  ['(COALESCE(price, (9)::numeric) > (5)::numeric)', 'price: >= 5.01'],
  [
    "CASE WHEN (status = 'paid') THEN (price > 0) ELSE (price IS NULL) END",
    'status: not null, in ["paid"] | price: >= 0.01',
    'status: not in ["paid"] | price: null',
  ],

  ['((discount IS NULL) OR (discount < price))', 'discount: any | price: any | discount < price'],
  [
    "CASE role WHEN 'admin'::test_role THEN active ELSE (active IS NULL) END",
    'role: not null, in ["admin"] | active: in [true]',
    'role: in ["guest","member"] | active: null',
  ],
  ['(discount <= price)', 'discount: any | price: any | discount <= price'],
  ['(high > low)', 'high: any | low: any | high > low'],
  ['(low + 2) <= (high - 3)', 'high: any | low: any | high >= low + 5'],
  ['(high - low) < 10', 'high: any | low: any | high < low + 10'],
  ["(ends_at >= (starts_at + '01:00:00'::interval))", 'ends_at: any | starts_at: any | ends_at >= starts_at + 3600000'],
  [
    "(ends_at <= (starts_at + '1 mon'::interval))",
    `ends_at: any | starts_at: any | ends_at <= starts_at + ${28 * DAY}`,
  ],
  ["((ends_at - starts_at) <= '1 day'::interval)", `ends_at: any | starts_at: any | ends_at <= starts_at + ${DAY}`],
  ['((due - birth) >= 7)', 'birth: any | due: any | birth <= due - 7'],
  ['(low < high) IS TRUE AND high < 5', 'low: not null, <= 3 | high: not null, <= 4 | high > low'],

  ["(birth >= '1970-01-11'::date)", 'birth: >= 10'],
  ['(birth <= CURRENT_DATE)', `birth: <= ${today}`],
  ['(birth < now())', `birth: <= ${today - 1}`],
  ["(birth <= (CURRENT_DATE - '1 year'::interval))", `birth: <= ${today - 366}`],
  ['(due > CURRENT_DATE)', `due: >= ${today + 3651}`],
  ["(starts_at >= '1970-01-01 02:00:00+02'::timestamp with time zone)", 'starts_at: >= 0'],
  ["((starts_at)::date = '1970-01-02'::date)", `starts_at: >= ${DAY}, < ${2 * DAY}`],
  ["(date_part('year'::text, birth) >= (1971)::double precision)", 'birth: >= 365'],
  ['(EXTRACT(year FROM birth) < (1970)::numeric)', 'birth: <= -1'],
  ["(opens >= '09:30:00'::time without time zone)", 'opens: >= 34200000'],
  ["(duration <= '1 mon 1 day'::interval)", `duration: <= ${31 * DAY}`],

  ['((char_length(name) >= 2) AND (length(name) <= 5))', 'name: length >= 2, length <= 5'],
  ['(length(name) <> 3)', 'name: length <= 2', 'name: length >= 4'],
  ['(length(code) > 3)', 'code: length >= 4, length <= 20'],
  ["(name <> ''::text)", 'name: length >= 1'],
  ['(length(btrim(name)) > 0)', 'name: regex [^ ]'],
  ["(btrim(name) <> ''::text)", 'name: regex [^ ]'],
  ['(btrim(name) = name)', 'name: regex ^([^ ](.*[^ ])?)?$'],
  ['(lower(name) = name)', 'name: regex ^[^[:upper:]]*$'],
  ["(lower(status) = 'on')", 'status: regex* ^on$'],
  ["(lower(status) = 'On')", 'status: null'],
  ['(octet_length(payload) = 32)', 'payload: length >= 32, length <= 32'],
  ['(cardinality(tags) < 4)', 'tags: length <= 3'],
  ['(array_length(tags, 1) >= 1)', 'tags: length >= 1', 'tags: length <= 0'],
  ["(tags <> '{}'::text[])", 'tags: length >= 1'],
  ["((email)::text ~~ '%@%'::text)", 'email: like %@%'],
  ["(email !~~* '%@example.com'::text)", 'email: !like* %@example.com'],
  ["(name ~~ like_escape('a!%'::text, '!'::text))", 'name: like a\\%'],
  ["((code)::text ~ '^[A-Z]{3}$'::text)", 'code: length <= 20, regex ^[A-Z]{3}$'],
  ["(name ~ similar_to_escape('(a|b)%c_'::text))", 'name: regex ^(?:(a|b).*c.)$'],
  ["(iso ~ '^[A-Z]+$'::text)", 'iso: length >= 2, length <= 2, regex ^[A-Z]+$'],
  ["((iso)::text ~ '^[A-Z]$'::text)", 'iso: length <= 2, regex ^[A-Z]$'],
  ["starts_with(name, 'a.b'::text)", 'name: regex ^a\\.b'],
  ['("left"((code)::text, 2) = \'AB\'::text)', 'code: length <= 20, regex ^AB'],
  ["(POSITION(('@'::text) IN (email)) > 1)", 'email: regex @, !regex ^@'],
  ["((name)::text = ANY (ARRAY['abc', 'Bcd'])) AND name ~ '^[a-z]'", 'name: in ["abc"]'],

  ['((quantity % 5) = 0)', 'quantity: % 5 = 0'],
  ['(mod(quantity, 3) > 0)', 'quantity: % 3 = 1', 'quantity: % 3 = 2'],
  ["(jsonb_typeof(data) = 'object'::text)", 'data: json object'],
  ['(NOT isempty(seats))', 'seats: length >= 1'],
  ['((lower(seats) >= 1) AND (upper(seats) <= 10))', 'seats: >= 1, <= 10, length >= 1'],
  ["(token <> '00000000-0000-0000-0000-000000000000'::uuid)", 'token: not in ["00000000-0000-0000-0000-000000000000"]'],
  ['quantity > 5 AND quantity < 3', 'quantity: null'],
  ["iso = 'toolong' OR iso = 'DE'", 'iso: in ["DE"]'],
];

describe('a check that is understood', () => {
  it.each(CASES)('%s', async (expression, ...ways) => {
    const rules = await rulesOf(checkedTable([expression]), NOW);
    expect(rules.judged).toEqual([]);
    expect(ways.length === 0 ? rules.contradiction?.constraint : toldRules(rules)).toEqual(
      ways.length === 0 ? 'check_1' : ways,
    );
  });
});

describe('what is beyond, Postgres judges', () => {
  it.each([
    ['is_valid_iban(code)', 'calls the function is_valid_iban'],
    ['(NULLIF(quantity, 0) > 5)', 'uses NULLIF'],
    ['(GREATEST(low, high) > 5)', 'compares the greatest or least of several'],
    ['((price * discount) < (100)::numeric)', 'computes with *'],
    ["(tags <@ ARRAY['a'::text])", 'uses the operator <@'],
    ["(name > 'm'::text)", 'compares name by its order'],
    ['(name <> email)', 'compares the texts name and email'],
    ["((data ->> 'a'::text) = 'b'::text)", 'uses the operator ->>'],
    ["((quantity)::text ~ '^1'::text)", 'casts to text'],
    ['(birth < starts_at)', 'compares birth and starts_at, which are of two types'],
    ['(tags[1] IS NOT NULL)', 'looks inside a value'],
    ["(name ~ '(?x)a b'::text)", 'has a pattern that is not understood (the option x)'],
    ['(price >>>)', 'is not understood by the parser'],
    ['(checked.* IS NOT NULL)', 'looks at the row as a whole'],
  ])('%s', async (expression, why) => {
    const { judged, alternatives } = await rulesOf(checkedTable([expression]), NOW);
    expect(judged).toEqual([{ name: 'check_1', expression, why }]);
    expect(alternatives).toHaveLength(1);
  });

  it('the smallest part alone, beside what is understood', async () => {
    const check = "((quantity > 0) AND (is_valid(code, 'a)'::text) AND (name <> ''::text)))";
    const rules = await rulesOf(checkedTable([check]), NOW);
    expect(toldRules(rules)).toEqual(['quantity: >= 1 | name: length >= 1']);
    expect(rules.judged).toEqual([
      { name: 'check_1', expression: "is_valid(code, 'a)'::text)", why: 'calls the function is_valid' },
    ]);
  });

  it('nothing of an OR of which another part is understood', async () => {
    const rules = await rulesOf(checkedTable(["((status <> 'paid'::text) OR is_valid(code))"]), NOW);
    expect(rules.judged).toEqual([]);
    expect(toldRules(rules)).toEqual(['status: not in ["paid"]']);
  });

  it('an OR whose understood part does not go with another check', async () => {
    const rules = await rulesOf(
      checkedTable(["((status <> 'paid') OR is_valid(code))", "(status = 'paid') IS TRUE"]),
      NOW,
    );
    expect(rules.judged.map(({ expression }) => expression)).toEqual(["((status <> 'paid') OR is_valid(code))"]);
    expect(toldRules(rules)).toEqual(['status: not null, in ["paid"]']);
  });

  it('what is about a column that the server computes', async () => {
    const total = column('total', { kind: 'scalar', name: 'int4', length: null, precision: null, scale: null });
    const table = checkedTable(['(total > 0)'], { columns: [{ ...total, generated: true }] });
    expect((await rulesOf(table, NOW)).judged[0]?.why).toBe('is about total, which the server computes');
  });
});

const text: Type = { kind: 'scalar', name: 'text', length: null, precision: null, scale: null };
const short: Type = {
  kind: 'domain',
  name: 'short',
  base: text,
  notNull: false,
  checks: [{ name: 'short_check', expression: '(length(VALUE) <= 8)' }],
};
const slug: Type = {
  kind: 'domain',
  name: 'slug',
  base: short,
  notNull: true,
  checks: [{ name: 'slug_check', expression: "(VALUE ~ '^[a-z]+$'::text)" }],
};

describe('a table', () => {
  it('fulfils the checks of domains over domains, by column', async () => {
    const columns = [column('Odd "name"', slug), column('value', text)];
    const table = checkedTable(['(length(value) > 1)', '(length("Odd ""name""") > 2)'], { columns });
    expect(toldRules(await rulesOf(table, NOW))).toEqual([
      'Odd "name": not null, length >= 3, length <= 8, regex ^[a-z]+$ | value: length >= 2',
    ]);
  });

  it('fulfils the bounds of one of its partitions', async () => {
    const month = (from: string, to: string) =>
      `((birth IS NOT NULL) AND (birth >= '${from}'::date) AND (birth < '${to}'::date))`;
    const partitions = [
      month('1970-01-01', '1970-01-11'),
      month('1970-01-11', '1970-01-21'),
      month('1970-03-02', '1970-03-12'),
    ];
    expect(toldRules(await rulesOf(checkedTable([], { partitions }), NOW))).toEqual([
      'birth: not null, >= 0, <= 9',
      'birth: not null, >= 10, <= 19',
      'birth: not null, >= 60, <= 69',
    ]);
  });

  it('has one alternative that asks for nothing where there are no checks', async () => {
    const rules = await rulesOf(checkedTable([]), NOW);
    expect(rules).toEqual({ alternatives: [{ domains: new Map(), comparisons: [] }], judged: [], contradiction: null });
  });

  it('has a bounded number of alternatives, spread over all of them', async () => {
    const either = (name: string) => `(${name} = 1 OR ${name} > 10 OR ${name} < -10)`;
    const names = ['quantity', 'age', 'low', 'high', 'user_id', 'team_id'];
    const { alternatives } = await rulesOf(checkedTable(names.map(either)), NOW);
    expect(alternatives).toHaveLength(64);
    expect(new Set(alternatives.map(({ domains }) => JSON.stringify(domains.get('quantity')))).size).toBe(3);
  });

  it('joins with what the types say', async () => {
    const columns = checkedTable([]).columns.map((one) => ({ ...one, notNull: one.name === 'quantity' }));
    const rules = await rulesOf(
      checkedTable(['quantity > 0 OR quantity IS NULL', 'length(iso) > 0'], { columns }),
      NOW,
    );
    expect(toldRules(rules)).toEqual(['quantity: not null, >= 1 | iso: length >= 1, length <= 2']);
  });
});

describe('a contradiction', () => {
  const notNull = checkedTable([]).columns.map((one) => ({ ...one, notNull: true }));

  it.each([
    [
      ['quantity > 0', 'quantity < 0'],
      'check_2',
      'no row can fulfil check_2: quantity < 0 together with check_1: quantity > 0',
    ],
    [['score > 40000'], 'check_1', 'no row can fulfil check_1: score > 40000'],
    [['quantity IS NULL'], 'check_1', 'no row can fulfil check_1: quantity IS NULL'],
    [["role::text = 'owner'"], 'check_1', "no row can fulfil check_1: role::text = 'owner'"],
    [
      ['low < high', 'high < low'],
      'check_2',
      'no row can fulfil check_2: high < low together with check_1: low < high',
    ],
    [
      ['low > high', 'high > 5 AND low < 3'],
      'check_2',
      'no row can fulfil check_2: low < 3 together with the other checks (check_1, check_2)',
    ],
    [['price > 100000000'], 'check_1', 'no row can fulfil check_1: price > 100000000'],
    [
      ['quantity % 4 = 1', 'quantity % 2 = 0'],
      'check_2',
      'no row can fulfil check_2: quantity % 2 = 0 together with check_1: quantity % 4 = 1',
    ],
  ])('%j', async (checks, constraint, why) => {
    const { contradiction } = await rulesOf(checkedTable(checks, { columns: notNull }), NOW);
    expect(contradiction).toMatchObject({ constraint, why });
    expect(contradiction?.help).toContain(`change or drop ${constraint}`);
  });

  it('is not claimed where not all ways are known', async () => {
    const checks = ["(lower(status) ~ '^a')", "(status = 'ABC')"];
    const { contradiction, judged } = await rulesOf(checkedTable(checks, { columns: notNull }), NOW);
    expect(contradiction).toBeNull();
    expect(judged).toHaveLength(1);
  });
});

it('the values of a type by itself, such as the elements of an array', async () => {
  expect(toldRules(await domainsOf(slug, NOW))).toEqual(['value: not null, length <= 8, regex ^[a-z]+$']);
});
