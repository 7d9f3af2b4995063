import { describe, expect, it } from 'vitest';
import { packNames, readPack } from '../../../../src/config/seed-pack.ts';
import type { Description } from '../../../../src/core/data/description.ts';
import { checkDescription } from '../../../../src/data/check-description.ts';
import { applyPack, withPacks } from '../../../../src/data/seed/packs/packs.ts';
import { assignRoles } from '../../../../src/data/seed/packs/roles.ts';
import type { Schema } from '../../../../src/data/seed/schema.ts';
import { check, schemaOf } from './tables.ts';

const [shop, saas, blog] = await Promise.all(['shop', 'saas', 'blog'].map((name) => readPack(name, 'seeds')));
if (!shop || !saas || !blog) throw new Error('a pack is missing');

/** Table and how many rows. */
function counts({ tables = {} }: Description): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, { rows, perParent }]) => [
      name,
      perParent ? `${JSON.stringify(perParent.count)} per ${perParent.table}` : rows,
    ]),
  );
}

function rolesOf(pack: typeof shop, schema: Schema) {
  return Object.fromEntries(
    [...assignRoles(pack as NonNullable<typeof shop>, schema)].map(([role, { name }]) => [role, name]),
  );
}

const snakeShop = schemaOf(
  {
    countries: { code: 'bpchar:2 key', name: 'text!' },
    users: { id: 'int8 key', email: 'text! unique', country: 'bpchar > countries.code', created_at: 'timestamptz!' },
    categories: { id: 'int8 key', parent_id: 'int8 > categories.id', name: 'text! unique' },
    products: {
      id: 'int8 key',
      category_id: 'int8! > categories.id',
      name: 'text!',
      price_cents: 'int4!',
      stock: 'int4!',
    },
    orders: {
      id: 'int8 key',
      user_id: 'int8! > users.id',
      status: 'pending|paid|shipped|delivered|cancelled!',
      placed_at: 'timestamptz!',
    },
    order_items: { order_id: 'int8 key > orders.id', product_id: 'int8 key > products.id', quantity: 'int4!' },
    payments: { id: 'int8 key', order_id: 'int8! unique > orders.id', status: 'text!', amount_cents: 'int4!' },
    reviews: { id: 'int8 key', product_id: 'int8! > products.id', user_id: 'int8! > users.id', rating: 'int2!' },
    schema_migrations: { version: 'text key' },
  },
  {
    order_items: { checks: [check('((quantity > 0))')] },
    reviews: { checks: [check('(((rating >= 1) AND (rating <= 5)))')] },
    payments: { checks: [check("((status = ANY (ARRAY['pending'::text, 'completed'::text, 'failed'::text])))")] },
  },
);

const prismaShop = schemaOf({
  User: { id: 'text key', email: 'text! unique', role: 'USER|ADMIN!', createdAt: 'timestamp!' },
  Profile: { id: 'text key', userId: 'text! unique > User.id', bio: 'text' },
  Product: { id: 'text key', name: 'text!', price: 'numeric!' },
  Order: { id: 'text key', userId: 'text! > User.id', status: 'PENDING|COMPLETED|IN_REVIEW!', total: 'numeric!' },
  OrderItem: { id: 'text key', orderId: 'text! > Order.id', productId: 'text! > Product.id', quantity: 'int4!' },
  Tag: { id: 'int4 key', name: 'text! unique' },
  _ProductToTag: { A: 'text key > Product.id', B: 'int4 key > Tag.id' },
  _prisma_migrations: { id: 'text key' },
});

const oddShop = schemaOf({
  'crm.tbl_customer': { customer_id: 'int4 key', full_name: 'varchar:100!', customer_status: 'varchar:20' },
  'store.tbl_article': {
    article_no: 'varchar:20 key',
    title: 'varchar:200!',
    unit_price: 'numeric!',
    brand_id: 'int4 > store.tbl_maker_list.id',
  },
  'store.tbl_maker_list': { id: 'int4 key', name: 'text!' },
  'store.tbl_sale': { sale_no: 'int4 key', buyer: 'int4! > crm.tbl_customer.customer_id', sold_at: 'timestamp!' },
  'store.tbl_basket_contents': {
    sale_no: 'int4 key > store.tbl_sale.sale_no',
    article_no: 'varchar:20 key > store.tbl_article.article_no',
    qty: 'int2!',
  },
});

describe('the pack of a shop', () => {
  it('finds tables in snake case, and their labels and checks', () => {
    const description = applyPack(shop, snakeShop);
    expect(counts(description)).toEqual({
      users: 1000,
      categories: 20,
      products: 200,
      orders: '{"zipf":[0,40]} per users',
      order_items: '[1,5] per orders',
      payments: '1 per orders',
      reviews: '{"zipf":[0,60]} per products',
      countries: 20,
    });
    const { users, products, orders, order_items, payments, reviews } = description.tables ?? {};
    expect(users?.columns).toEqual({ created_at: { past: '3y' } });
    expect(products?.columns).toEqual({ price_cents: { between: [199, 39900] }, stock: { between: [0, 250] } });
    expect(orders?.columns?.status).toEqual({
      oneOf: { pending: 6, paid: 10, shipped: 12, delivered: 62, cancelled: 6 },
    });
    expect(order_items?.columns).toEqual({ quantity: { oneOf: { 1: 70, 2: 18, 3: 7, 4: 3, 5: 2 } } });
    expect(payments?.columns?.status).toEqual({ oneOf: { pending: 5, completed: 90, failed: 4 } });
    expect(reviews?.columns).toEqual({ rating: { oneOf: { 1: 7, 2: 6, 3: 12, 4: 27, 5: 48 } } });
  });

  it('finds models of Prisma, tables that link two, and labels in capitals', () => {
    const description = applyPack(shop, prismaShop);
    expect(counts(description)).toEqual({
      User: 1000,
      Profile: '1 per User',
      Product: 200,
      Order: '{"zipf":[0,40]} per User',
      OrderItem: '[1,5] per Order',
    });
    const { User, Order } = description.tables ?? {};
    expect(User?.columns?.role).toEqual({ oneOf: { USER: 97, ADMIN: 1 } });
    expect(Order?.columns?.status).toEqual({ oneOf: { PENDING: 6, COMPLETED: 62, IN_REVIEW: 2 } });
  });

  it('finds tables with prefixes, in other schemas, and one by what it joins', () => {
    expect(rolesOf(shop, oddShop)).toEqual({
      customer: 'tbl_customer',
      product: 'tbl_article',
      order: 'tbl_sale',
      orderItem: 'tbl_basket_contents',
    });
    const description = applyPack(shop, oddShop);
    expect(counts(description)).toEqual({
      'crm.tbl_customer': 1000,
      'store.tbl_article': 200,
      'store.tbl_sale': '{"zipf":[0,40]} per crm.tbl_customer',
      'store.tbl_basket_contents': '[1,5] per store.tbl_sale',
      'store.tbl_maker_list': 20,
    });
    expect(description.tables?.['crm.tbl_customer']?.columns?.customer_status).toEqual({
      oneOf: { active: 95, inactive: 4, blocked: 1 },
    });
  });

  it('takes no table for a role by its name alone', () => {
    const schema = schemaOf({
      orders: { id: 'int4 key', position: 'int4!' },
      items: { id: 'int4 key', weight: 'int4' },
    });
    expect(applyPack(shop, schema)).toEqual({ tables: {} });
  });

  it('keeps lists that are filled already, and fills those that are needed and empty', () => {
    const tables = { moods: { id: 'int4 key', place_id: 'int4! > places.id' }, places: { id: 'int4 key' } };
    const users = { id: 'int4 key', email: 'text!', mood_id: 'int4 > moods.id' };
    expect(counts(applyPack(shop, schemaOf({ ...tables, users })))).toEqual({ users: 1000, moods: 20, places: 20 });
    const filled = schemaOf({ ...tables, users }, { moods: { rows: 7 } });
    expect(counts(applyPack(shop, filled))).toEqual({ users: 1000 });
  });

  it.each([
    ['a type that does not fit', 'uuid', []],
    ['a column that is too short', 'varchar:5', []],
    ['a check that says something else', 'text', [check("((status <> 'shipped'::text) OR (sent IS NOT NULL))")]],
    ['labels that mean something else', 'red|green', []],
    ['values that all differ', 'text! unique', []],
  ])('says nothing of a column with %s', (_what, status, checks) => {
    const schema = schemaOf(
      { orders: { id: 'int4 key', total: 'text', status, sent: 'timestamptz' } },
      { orders: { checks } },
    );
    expect(applyPack(shop, schema)).toEqual({ tables: { orders: { rows: 4000 } } });
  });
});

describe('the other packs', () => {
  it('find what software for teams has', () => {
    const schema = schemaOf({
      organizations: { id: 'uuid key', name: 'text!', plan: 'text!', slug: 'text! unique' },
      users: { id: 'uuid key', email: 'text! unique', last_sign_in_at: 'timestamptz' },
      memberships: {
        organization_id: 'uuid key > organizations.id',
        user_id: 'uuid key > users.id',
        role: 'owner|admin|member!',
      },
      subscriptions: { id: 'uuid key', organization_id: 'uuid! unique > organizations.id', status: 'text!' },
      invoices: { id: 'uuid key', subscription_id: 'uuid! > subscriptions.id', amount_cents: 'int4!', status: 'text!' },
      projects: { id: 'uuid key', organization_id: 'uuid! > organizations.id', name: 'text!' },
      tasks: { id: 'uuid key', project_id: 'uuid! > projects.id', title: 'text!', priority: 'low|medium|high!' },
    });
    const description = applyPack(saas, schema);
    expect(counts(description)).toEqual({
      organizations: 60,
      users: 500,
      memberships: '1 per users',
      subscriptions: '1 per organizations',
      invoices: '[1,24] per subscriptions',
      projects: '[1,8] per organizations',
      tasks: '{"zipf":[0,120]} per projects',
    });
    expect(description.tables?.users?.columns?.last_sign_in_at).toEqual({ past: '60d', null: 0.1 });
  });

  it('tell accounts that pay from accounts that log in', () => {
    const schema = schemaOf({
      accounts: { id: 'int4 key', name: 'text!', plan: 'text' },
      members: { id: 'int4 key', account_id: 'int4! > accounts.id', email: 'text!' },
    });
    expect(rolesOf(saas, schema)).toEqual({ organization: 'accounts', user: 'members' });
    const alone = schemaOf({
      companies: { id: 'int4 key', name: 'text!' },
      accounts: { id: 'int4 key', email: 'text!' },
    });
    expect(rolesOf(saas, alone)).toEqual({ organization: 'companies', user: 'accounts' });
  });

  it('find what a blog has, and leave a link table of two that they know to a few rows each', () => {
    const schema = schemaOf({
      authors: { id: 'int4 key', display_name: 'text!' },
      articles: { id: 'int4 key', author_id: 'int4! > authors.id', title: 'text!', published_at: 'timestamptz' },
      comments: { id: 'int4 key', article_id: 'int4! > articles.id', body: 'text!', parent_id: 'int4 > comments.id' },
      labels: { id: 'int4 key', name: 'text!' },
      labelled: { article_id: 'int4 key > articles.id', label_id: 'int4 key > labels.id' },
      co_authorship: { author_id: 'int4 key > authors.id', article_id: 'int4 key > articles.id' },
    });
    expect(counts(applyPack(blog, schema))).toEqual({
      authors: 100,
      articles: '{"zipf":[0,30]} per authors',
      comments: '{"zipf":[0,80]} per articles',
      labels: 40,
      labelled: '[0,5] per articles',
      co_authorship: '[0,3] per authors',
    });
  });
});

describe('packs', () => {
  it('are three, and what they say holds in any schema', async () => {
    expect(await packNames('seeds')).toEqual(['blog', 'saas', 'shop']);
    for (const pack of [shop, saas, blog])
      for (const schema of [snakeShop, prismaShop, oddShop])
        expect(checkDescription(applyPack(pack, schema), schema)).toEqual([]);
  });

  it('name only roles that they have', () => {
    for (const { roles } of [shop, saas, blog]) {
      const named = Object.values(roles).flatMap(({ per = {}, joins = [] }) => [...Object.keys(per), ...joins]);
      expect(named.filter((role) => !Object.hasOwn(roles, role))).toEqual([]);
    }
  });

  it('come first, and what a description says wins', () => {
    const said: Description = {
      seed: 7,
      tables: {
        'public.users': { rows: 5, columns: { email: { like: 'email' } } },
        orders: { columns: { status: 'paid' } },
        countries: { rows: 3 },
      },
    };
    const { seed, tables } = withPacks(said, [shop], snakeShop);
    expect(seed).toBe(7);
    expect(tables?.users).toEqual({ rows: 5, columns: { created_at: { past: '3y' }, email: { like: 'email' } } });
    expect(tables?.orders).toMatchObject({ perParent: { table: 'users' }, columns: { status: 'paid' } });
    expect(tables?.countries).toMatchObject({ rows: 3 });
  });

  it('leave full names also where there is none', () => {
    const said: Description = {
      tables: { tbl_article: { rows: 1 }, tbl_basket_contents: { perParent: { table: 'tbl_article', count: 2 } } },
    };
    expect(withPacks(said, [], oddShop).tables).toEqual({
      'store.tbl_article': { rows: 1 },
      'store.tbl_basket_contents': { perParent: { table: 'store.tbl_article', count: 2 } },
    });
  });

  it('are told by name when there is none', async () => {
    await expect(readPack('shops', 'seeds')).rejects.toThrow(
      'there is no pack shops; did you mean `shop`? known: blog, saas, shop',
    );
  });
});

it('tells the items of an order from those that are sold', () => {
  const orders = { orders: { id: 'int4 key', status: 'text!' } };
  const items = { id: 'int4 key', price: 'int4!', quantity: 'int4!', name: 'text!' };
  const alone = schemaOf({ ...orders, items });
  const inOrders = schemaOf({ ...orders, items: { ...items, order_id: 'int4! > orders.id' } });
  const inCarts = schemaOf({ carts: { id: 'int4 key' }, items: { ...items, cart_id: 'int4! > carts.id' } });
  expect(rolesOf(shop, alone)).toEqual({ order: 'orders', product: 'items' });
  expect(rolesOf(shop, inOrders)).toEqual({ order: 'orders', orderItem: 'items' });
  expect(rolesOf(shop, inCarts)).toEqual({ cart: 'carts', cartItem: 'items' });
});
