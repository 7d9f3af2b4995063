/*
 * What becomes of an order: pending → paid → confirmed, or cancelled. Each step is taken once, whoever asks for it and
 * however often. `db` is a pool, or the client of a transaction.
 */

/** @returns {Promise<boolean>} false when it isn't pending */
export async function markPaid(db, code) {
  const { rowCount } = await db.query(
    'update orders set paid_at = now() where code = $1 and paid_at is null and cancelled_at is null',
    [code],
  );
  return rowCount === 1;
}

/**
 * Nobody will pay for it any more: its items go back in stock.
 * @returns {Promise<boolean>} false when it isn't pending
 */
export async function cancelOrder(db, code) {
  const { rowCount } = await db.query(
    `with cancelled as (
       update orders set cancelled_at = now() where code = $1 and paid_at is null and cancelled_at is null
       returning id
     )
     update products set stock = stock + i.quantity
     from cancelled join order_items i on i.order_id = cancelled.id
     where products.id = i.product_id`,
    [code],
  );
  return rowCount > 0;
}

/** @returns {Promise<boolean>} false when it isn't paid, or was confirmed before */
export async function confirmOrder(db, code) {
  const { rowCount } = await db.query(
    'update orders set confirmed_at = now() where code = $1 and paid_at is not null and confirmed_at is null',
    [code],
  );
  return rowCount === 1;
}

export async function keepCheckout(db, code, checkoutId) {
  await db.query('update orders set checkout_id = $2 where code = $1', [code, checkoutId]);
}

export async function keepSummary(db, code, summary) {
  await db.query('update orders set summary = $2 where code = $1', [code, summary]);
}

/** Orders with something left to do: their job was lost, for instance with Redis's memory, or the model was away. */
export async function forgottenOrders(db) {
  const { rows } = await db.query(`
    select code from orders
    where paid_at < now() - interval '10 seconds' and (confirmed_at is null or summary is null)
    order by paid_at limit 100`);
  return rows.map((row) => row.code);
}

/** Orders that nobody can pay: what made them was killed before they had a page to pay on. */
export async function strandedOrders(db) {
  const { rows } = await db.query(`
    select code from orders
    where paid_at is null and cancelled_at is null and checkout_id is null and created_at < now() - interval '5 minutes'`);
  return rows.map((row) => row.code);
}
