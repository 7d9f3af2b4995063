import { beforeAll, describe, expect, it } from 'vitest';
import { loadWorld, type World } from '../../../../../src/data/seed/values/index.ts';
import { scalar } from '../schema-of.ts';
import { english, type Given, madeColumn, madeTable, NOW, rows, TEXT } from './columns.ts';

let world: World;
beforeAll(async () => {
  world = await english();
});

const INT = { type: scalar('int4') };
const MONEY = { type: scalar('numeric', { precision: 10, scale: 2 }) };
const MOMENT = { type: scalar('timestamptz') };

describe('what a column holds by its name', () => {
  const shapes: readonly (readonly [string, RegExp, Given?, string?])[] = [
    ['email', /^[a-z][a-z.-]*@example\.(com|org|net)$/],
    ['UserEmail', /@example\.(com|org|net)$/],
    ['contact_email_address', /@example\.(com|org|net)$/],
    ['phone', /^\+1 \d{3} 555 01\d\d$/],
    ['mobileNumber', /^\+1\d{3}55501\d\d$/, { type: scalar('varchar', { length: 15 }) }],
    ['avatar_url', /^https:\/\/example\.com\/images\/[a-z-]+-\d+\.jpg$/],
    ['password_hash', /^\$2b\$10\$[./A-Za-z0-9]{53}$/],
    ['api_key', /^[A-Za-z0-9]{40}$/],
    ['sha256', /^[0-9a-f]{64}$/],
    ['guid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['id', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, { type: scalar('uuid') }],
    ['id', /^01[0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/, { type: scalar('uuid'), default: 'uuidv7()' }],
    ['company_name', / (Inc|LLC|Group|and Sons)$/],
    ['job_title', /^\S+ \S+ \S+$/],
    ['website', /^https:\/\/example\.com\/[a-z-]+$/],
    ['client_ip', /^10\.\d+\.\d+\.\d+$/],
    ['client_ip', /^10\.\d+\.\d+\.\d+$/, { type: scalar('inet') }],
    ['mac_address', /^02(:[0-9a-f]{2}){5}$/],
    ['user_agent', /^Mozilla\/5\.0 /],
    ['hexColor', /^#[0-9a-f]{6}$/],
    ['zip_code', /^\d{5}$/],
    ['country_code', /^[A-Z]{2}$/, { type: scalar('bpchar', { length: 2 }) }],
    ['country', /^[A-Z]{2}$/, { type: scalar('bpchar', { length: 2 }) }],
    ['currency', /^[A-Z]{3}$/],
    ['locale', /^[a-z]{2}-[A-Z]{2}$/],
    ['timezone', /^(America|Pacific)\/[A-Za-z_/]+$/],
    ['sku', /^[A-Z]{3}-[A-Z2-9]{6}$/],
    ['code', /^COU-[A-Z2-9]{6}$/, {}, 'coupons'],
    ['status', /^(pending|paid|shipped|delivered|cancelled|refunded)$/, {}, 'orders'],
    ['status', /^(active|inactive|pending)$/, {}, 'users'],
    ['description', /^[A-Z].*\.$/],
    ['mime_type', /^[a-z]+\/[a-z\d]+$/],
    ['version', /^\d+\.\d+\.\d+$/],
    ['contact', /@example\.(com|org|net)$/, { comment: 'The e-mail address of whom to ask' }],
    ['price', /^\d{1,3}\.\d\d$/, MONEY],
    ['price_cents', /^[1-9]\d{2,4}$/, INT],
    ['rating', /^[1-5]$/, INT],
    ['age', /^(1[89]|[2-8]\d|90)$/, INT],
    ['release_year', /^20(0[1-9]|1\d|2[0-6])$/, INT],
    ['discount_percent', /^(\d{1,2}|100)$/, INT],
    ['birth_date', /^(19[4-9]\d|200[0-8])-\d\d-\d\d$/, { type: scalar('date') }],
    ['settings', /^\{"theme": "\w+", "digest": "\w+", "notifications": (true|false)\}$/, { type: scalar('jsonb') }],
    ['tags', /^\{([a-z]+(,[a-z]+)*)?\}$/, { type: { kind: 'array', name: '_text', element: TEXT, dimensions: 1 } }],
    ['embedding', /^\[-?[01]\.\d{6},-?[01]\.\d{6},-?[01]\.\d{6}\]$/, { type: { kind: 'other', name: 'vector(3)' } }],
  ];
  const all = shapes.map(([name, shape, given = {}, table = 'things']) => [name, shape, given, table] as const);
  it.each(all)('%s is like %s', (name, shape, given, table) => {
    const made = madeTable(world, table, { [name]: given });
    for (const text of rows(60, (row) => made.text(name, row))) if (text !== null) expect(text).toMatch(shape);
    expect(made.text(name, 0)).not.toBeNull();
  });

  it('is the name of what the table is about', () => {
    const first = (table: string, given: Given = { unique: true }) =>
      madeTable(world, table, { name: given }).text('name', 0);
    expect(first('users', {})).toMatch(/^\S+ \S+$/);
    expect(first('categories')).toBe('Automotive');
    expect(first('countries')).toBe('Andorra');
    expect(first('cities')).toBe('New York');
    expect(first('suppliers')).toMatch(/ (Inc|LLC|Group|and Sons)$/);
    expect(first('currencies')).toBe('UAE Dirham');
  });

  it('has valid check digits', () => {
    for (const code of rows(50, (row) => madeTable(world, 'products', { ean: {} }).text('ean', row) as string)) {
      const sum = [...code].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
      expect(sum % 10).toBe(0);
    }
    for (const iban of rows(50, (row) => madeTable(world, 'accounts', { iban: {} }).text('iban', row) as string)) {
      const digits = [...`${iban.slice(4)}${iban.slice(0, 4)}`].map((sign) => Number.parseInt(sign, 36)).join('');
      expect(BigInt(digits) % 97n).toBe(1n);
    }
  });

  it('counts up where rows have an order, and is skewed where life is', () => {
    const { value } = madeColumn(world, 'sort_order', INT);
    expect(rows(5, (row) => value(row, 0))).toEqual([1, 2, 3, 4, 5]);
    const share = (name: string) => {
      const { value: flag } = madeColumn(world, name, { type: scalar('bool') });
      return rows(1000, (row) => flag(row, 0)).filter((one) => one === true).length / 1000;
    };
    expect(share('is_admin')).toBeLessThan(0.12);
    expect(share('is_active')).toBeGreaterThan(0.75);
  });
});

describe('what a row holds agrees', () => {
  it('in e-mail and user name with the person, whatever it was called by', () => {
    const made = madeTable(world, 'users', {
      first_name: {},
      last_name: { description: 'Lovelace' },
      email: { unique: true },
      username: {},
    });
    for (const row of rows(50, (one) => one)) {
      const first = String(made.value('first_name', row))
        .toLowerCase()
        .replaceAll(/[^a-z]+/g, '-');
      expect(made.value('email', row)).toMatch(new RegExp(`^${first}\\.lovelace${row + 1}@example\\.`));
      expect(made.value('username', row)).toMatch(new RegExp(`^${first}_lovelace\\d+$`));
    }
  });

  it('in places, each group of columns its own', () => {
    const made = madeTable(world, 'orders', {
      ...{ billing_city: {}, billing_state: {}, billing_zip: {}, billing_country_code: {}, shipping_city: {} },
      ...{ latitude: { type: scalar('float8') }, city: {}, state: {} },
    });
    const places = new Map(world.places.map((place) => [place.city, place]));
    for (const row of rows(80, (one) => one)) {
      const place = places.get(String(made.value('billing_city', row)));
      expect(made.value('billing_state', row)).toBe(place?.state);
      expect(String(made.value('billing_zip', row)).slice(0, 3)).toBe(place?.postcode.slice(0, 3));
      expect(made.value('billing_country_code', row)).toBe('US');
      const own = places.get(String(made.value('city', row)));
      expect(Math.abs((made.value('latitude', row) as number) - (own?.latitude ?? 0))).toBeLessThan(0.06);
      // Beside a city a state is a region.
      expect(made.value('state', row)).toBe(own?.state);
    }
    expect(rows(80, (row) => made.value('shipping_city', row))).not.toEqual(
      rows(80, (row) => made.value('billing_city', row)),
    );
  });

  it('in status and dates', () => {
    const nullable = { ...MOMENT, notNull: false };
    const labels = {
      kind: 'enum',
      name: 'state',
      labels: ['pending', 'paid', 'shipped', 'delivered', 'cancelled'],
    } as const;
    const made = madeTable(world, 'orders', {
      status: { type: labels },
      ...{ paid_at: nullable, shipped_at: nullable, delivered_at: nullable, cancelled_at: nullable },
    });
    const has = (row: number) =>
      ['paid_at', 'shipped_at', 'delivered_at', 'cancelled_at']
        .map((column) => (made.value(column, row) === null ? 0 : 1))
        .join('');
    const expected = { pending: '0000', paid: '1000', shipped: '1100', delivered: '1110', cancelled: '0001' };
    const seen = new Set<string>();
    for (const row of rows(300, (one) => one)) {
      const status = made.value('status', row) as keyof typeof expected;
      seen.add(status);
      expect(has(row), status).toBe(expected[status]);
    }
    expect(seen.size).toBe(5);
  });

  it('in moments that lie in the past, more of them lately', () => {
    const { value } = madeColumn(world, 'created_at', MOMENT);
    const all = rows(1000, (row) => value(row, 0) as number);
    expect(Math.max(...all)).toBeLessThanOrEqual(NOW);
    const half = all.filter((one) => one > NOW - 365 * 86_400_000).length;
    expect(half).toBeGreaterThan(600);
  });
});

describe('nulls', () => {
  it('stand where they may, seldom where it is known what a column is for', () => {
    const share = (name: string, given: Given) => {
      const { value } = madeColumn(world, name, given);
      return rows(2000, (row) => value(row, 0)).filter((one) => one === null).length / 2000;
    };
    expect(share('x', { notNull: false })).toBeCloseTo(0.1, 1);
    expect(share('email', { notNull: false })).toBeLessThan(0.06);
    expect(share('deleted_at', { ...MOMENT, notNull: false })).toBeGreaterThan(0.85);
    expect(share('deleted_at', MOMENT)).toBe(0);
    expect(share('x', { notNull: false, domain: { nullable: 'never' } })).toBe(0);
    expect(share('x', { notNull: false, domain: { nullable: 'always' } })).toBe(1);
    const domain = { kind: 'domain', name: 'd', base: TEXT, notNull: true, checks: [] } as const;
    expect(share('x', { type: domain, notNull: false })).toBe(0);
  });
});

describe('a locale', () => {
  it('brings its names, places and phone numbers', async () => {
    const german = await loadWorld({ seed: 1, locale: 'de', now: NOW });
    const made = madeTable(german, 'kunden', {
      city: {},
      zip: {},
      country: {},
      phone: {},
      last_name: {},
      email: {},
      currency: {},
    });
    const cities = german.places.map((place) => place.city);
    expect(cities).toContain('München');
    for (const row of rows(40, (one) => one)) {
      expect(cities).toContain(made.value('city', row));
      expect(made.value('country', row)).toBe('Deutschland');
      expect(made.value('phone', row)).toMatch(/^\+49 \d+ \d+ \d{3}$/);
      expect(made.value('email', row)).toMatch(/^[a-z.-]+@example\.(com|org|net)$/);
    }
  });

  it('of any language fills the usual columns', async () => {
    for (const locale of ['ja', 'pt_BR', 'cs_CZ', 'th', 'zh_CN', 'hy', 'ku_ckb', 'base', 'en_GB', 'fr_SN', 'he']) {
      const one = await loadWorld({ seed: 1, locale, now: NOW });
      const names = [
        'first_name',
        'full_name',
        'email',
        'city',
        'state',
        'zip',
        'country',
        'address',
        'company',
        'title',
        'bio',
        'phone',
        'job_title',
        'slug',
        'product',
        'color',
      ];
      const made = madeTable(one, 'users', Object.fromEntries(names.map((name) => [name, {}])));
      for (const name of names) expect(made.text(name, 3), `${locale} ${name}`).toMatch(/\S/);
      expect(made.text('email', 3)).toMatch(/^[a-z\d.-]+@example\.(com|org|net)$/);
    }
  });

  it('that faker does not have is refused with what was meant', async () => {
    const refused = (locale: string) => loadWorld({ seed: 1, locale, now: NOW }).catch((error) => error);
    expect(await refused('pt_BT')).toMatchObject({
      code: 'usage',
      message: 'faker has no locale `pt_BT`',
    });
    expect((await refused('pt_BT')).hints[0]).toContain('did you mean');
    expect((await refused('../de')).name).toBe('UserError');
  });
});
