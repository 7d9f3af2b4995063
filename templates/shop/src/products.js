const KEY = 'shop:products';
const TTL_SECONDS = 30; // also bounds how long a read that raced with an order can be wrong

/**
 * The catalogue, from Redis when it's there. Without Redis the shop is slower, not closed.
 * @returns {Promise<{products: object[], cache: 'hit' | 'miss' | 'bypass'}>}
 */
export async function listProducts(pool, redis) {
  try {
    const cached = await redis.get(KEY);
    if (cached) return { products: JSON.parse(cached), cache: 'hit' };
    const products = await readProducts(pool);
    await redis.set(KEY, JSON.stringify(products), { expiration: { type: 'EX', value: TTL_SECONDS } });
    return { products, cache: 'miss' };
  } catch {
    return { products: await readProducts(pool), cache: 'bypass' };
  }
}

/** Call it after anything that changes a product. */
export async function forgetProducts(redis) {
  await redis.del(KEY);
}

async function readProducts(pool) {
  const { rows } = await pool.query(`
    select id, slug, name, origin, notes, brew, price_cents as "priceCents", stock
    from products order by id`);
  return rows;
}
