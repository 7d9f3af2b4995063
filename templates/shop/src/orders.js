import { transaction } from './db.js';

/** A mistake of the customer's; the message is for them. */
export class InvalidOrder extends Error {}

const MAX_QUANTITY = 20;
const MAX_ID = 2 ** 31 - 1;
const EMAIL = /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+\.[^\s\p{Cc}@]+$/u; // no control characters: Postgres takes no NUL

/**
 * Checks an order as it came over the wire. Throws InvalidOrder with every problem in one message.
 * @returns {{customerEmail: string, items: {productId: number, quantity: number}[]}}
 *   one item per product, sorted, so that two orders lock rows in the same order and can't deadlock
 */
export function validateOrder(body) {
  const { customerEmail, items } = body ?? {};
  const problems = [];
  if (!isEmail(customerEmail)) problems.push('customerEmail must be an e-mail address');
  if (!Array.isArray(items) || items.length === 0) problems.push('items must list at least one product');

  const quantities = new Map();
  for (const [index, item] of Array.isArray(items) ? items.entries() : []) {
    const { productId, quantity } = item ?? {};
    if (!isWhole(productId, MAX_ID)) problems.push(`items[${index}].productId must be the id of a product`);
    if (!isWhole(quantity, MAX_QUANTITY)) {
      problems.push(`items[${index}].quantity must be a whole number from 1 to ${MAX_QUANTITY}`);
    }
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  for (const [productId, quantity] of quantities) {
    if (problems.length === 0 && quantity > MAX_QUANTITY) {
      problems.push(`at most ${MAX_QUANTITY} of product ${productId} go into one order`);
    }
  }
  if (problems.length > 0) throw new InvalidOrder(problems.join('; '));

  return {
    customerEmail: customerEmail.trim(),
    items: [...quantities]
      .map(([productId, quantity]) => ({ productId, quantity }))
      .sort((a, b) => a.productId - b.productId),
  };
}

const isWhole = (value, max) => Number.isInteger(value) && value >= 1 && value <= max;
const isEmail = (value) => typeof value === 'string' && value.length <= 254 && EMAIL.test(value.trim());

/**
 * Stores a validated order and takes its items out of the stock.
 * @returns {Promise<string>} the new order's code
 */
export function createOrder(pool, { customerEmail, items }) {
  return transaction(pool, async (client) => {
    const order = await client.query(
      `with customer as (
         insert into customers (email) values ($1)
         on conflict (email) do update set email = customers.email
         returning id
       )
       insert into orders (customer_id) select id from customer
       returning id, code`,
      [customerEmail],
    );
    const { id, code } = order.rows[0];
    for (const item of items) await addItem(client, id, item);
    return code;
  });
}

async function addItem(client, orderId, { productId, quantity }) {
  const { rowCount } = await client.query(
    `with taken as (
       update products set stock = stock - $3
       where id = $2 and stock >= $3
       returning id, price_cents
     )
     insert into order_items (order_id, product_id, quantity, price_cents)
     select $1, id, $3, price_cents from taken`,
    [orderId, productId, quantity],
  );
  if (rowCount === 1) return;
  const { rows } = await client.query('select name, stock from products where id = $1', [productId]);
  if (rows.length === 0) throw new InvalidOrder(`there is no product ${productId}`);
  const { name, stock } = rows[0];
  throw new InvalidOrder(stock === 0 ? `${name} is sold out` : `only ${stock} of ${name} left`);
}

/** The latest orders, newest first. */
export function listOrders(pool, limit = 12) {
  return readOrders(pool, 'true', limit);
}

/** Undefined when there is no such order. */
export async function findOrder(pool, code) {
  const [order] = await readOrders(pool, 'code = $2', 1, code);
  return order;
}

/** The order that a checkout session of Stripe's is for. */
export async function findCheckoutOrder(pool, checkoutId) {
  const [order] = await readOrders(pool, 'checkout_id = $2', 1, checkoutId);
  return order;
}

async function readOrders(pool, condition, limit, ...values) {
  const { rows } = await pool.query(
    `select o.code, c.email as "customerEmail", o.checkout_id as "checkoutId", o.summary, o.created_at as "createdAt",
            o.paid_at as "paidAt", o.confirmed_at as "confirmedAt", o.cancelled_at as "cancelledAt",
            case when o.cancelled_at is not null then 'cancelled'
                 when o.confirmed_at is not null then 'confirmed'
                 when o.paid_at is not null then 'paid'
                 else 'pending' end as status,
            i.total as "totalCents", i.items
     from (select * from orders where ${condition} order by id desc limit $1) o
     join customers c on c.id = o.customer_id
     cross join lateral (
       select sum(i.quantity * i.price_cents)::integer as total,
              json_agg(json_build_object('productId', p.id, 'name', p.name, 'origin', p.origin, 'notes', p.notes,
                'quantity', i.quantity, 'priceCents', i.price_cents) order by p.id) as items
       from order_items i join products p on p.id = i.product_id
       where i.order_id = o.id
     ) i
     order by o.id desc`,
    [limit, ...values],
  );
  return rows;
}
