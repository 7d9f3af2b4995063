import { createServer } from 'node:http';
import { endCheckout, startCheckout } from './checkout.js';
import { openPool } from './db.js';
import { engineVersions } from './engines.js';
import { requireEnv } from './env.js';
import { address } from './format.js';
import { RequestError, readBody, readJson, redirect, send, sendJson } from './http.js';
import { isOutage, outageLog, reason } from './log.js';
import { cancelOrder, keepCheckout } from './order-states.js';
import { createOrder, findCheckoutOrder, findOrder, InvalidOrder, listOrders, validateOrder } from './orders.js';
import { orderPage } from './page/order.js';
import { page } from './page/page.js';
import { teaPage } from './page/tea.js';
import { forgetProducts, listProducts } from './products.js';
import { addJob } from './queue.js';
import { openRedis } from './redis.js';
import { isStripes, openStripe } from './stripe.js';
import { handleEvent } from './webhook.js';

const [databaseUrl, redisUrl, port, publicUrl, stripeKey, webhookSecret] = requireEnv(
  'DATABASE_URL',
  'REDIS_URL',
  'PORT',
  'PUBLIC_URL',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
);
const { STRIPE_API_BASE: stripeBase, LISTEN_ON: listenOn = '127.0.0.1' } = process.env;
const postgresLog = outageLog('postgres');
const pool = openPool(databaseUrl, postgresLog);
const redis = openRedis(redisUrl, outageLog('redis'));
const stripe = openStripe(stripeKey, stripeBase);

/** A `*` is one segment of the path, which the route gets. */
const routes = {
  async 'GET /'(_request, response) {
    const [{ products, cache }, orders, engines] = await Promise.all([
      listProducts(pool, redis),
      listOrders(pool),
      engineVersions(pool, redis),
    ]);
    const payments = stripeBase && new URL(stripeBase).host;
    const database = address(databaseUrl);
    sendPage(response, page({ products, orders, engines, cache, publicUrl, database, stripe: payments }), {
      'x-cache': cache,
    });
  },

  async 'GET /teas/*'(_request, response, slug) {
    const { products } = await listProducts(pool, redis);
    const tea = products.find((product) => product.slug === slug);
    if (!tea) throw new RequestError(404, 'there is no such tea');
    sendPage(response, teaPage({ tea, publicUrl }));
  },

  async 'GET /orders/*'(_request, response, code) {
    sendPage(response, orderPage({ order: found(await findOrder(pool, code)), publicUrl }));
  },

  // Stripe sends who has paid here, and who gave up to the next one.
  async 'GET /thanks'(request, response) {
    const checkoutId = new URL(request.url, publicUrl).searchParams.get('session');
    const order = found(await findCheckoutOrder(pool, checkoutId));
    sendPage(response, orderPage({ order, publicUrl, comesFromStripe: true }));
  },

  async 'GET /cancel/*'(_request, response, code) {
    const order = found(await findOrder(pool, code));
    if (order.status === 'pending' && (await endCheckout(await stripe(), order.checkoutId))) await giveBack(code);
    redirect(response, `/orders/${code}`);
  },

  async 'POST /webhooks/stripe'(request, response) {
    const event = await signedEvent(await readBody(request), request.headers['stripe-signature']);
    const done = await handleEvent(pool, event);
    if (done) console.log(`web: order ${done.code} is ${done.became}`);
    // It is safe in Postgres by now. Should Redis be away, the worker finds it there.
    if (done?.became === 'paid') await addJob(redis, done.code).catch(() => {});
    if (done?.became === 'cancelled') await forgetProducts(redis).catch(() => {});
    sendJson(response, 200, { received: true });
  },

  async 'GET /health'(_request, response) {
    const engines = await engineVersions(pool, redis);
    const say = (version) => (version instanceof Error ? reason(version) : version);
    const [postgres, cache] = [say(engines.postgres), say(engines.redis)];
    const ok = !Object.values(engines).some((version) => version instanceof Error);
    sendJson(response, ok ? 200 : 503, { ok, postgres, redis: cache });
  },

  async 'GET /api/products'(_request, response) {
    const { products, cache } = await listProducts(pool, redis);
    sendJson(response, 200, products, { 'x-cache': cache });
  },

  async 'GET /api/orders'(_request, response) {
    sendJson(response, 200, await listOrders(pool));
  },

  async 'POST /api/orders'(request, response) {
    const code = await createOrder(pool, validateOrder(await readJson(request)));
    console.log(`web: new order ${code}`);
    await forgetProducts(redis).catch(() => {});
    const checkout = await checkoutFor(code);
    sendJson(response, 201, { code, status: 'pending', checkoutUrl: checkout.url });
  },
};

/** Without a page to pay on there is no order. */
async function checkoutFor(code) {
  try {
    const checkout = await startCheckout(await stripe(), await findOrder(pool, code), publicUrl);
    await keepCheckout(pool, code, checkout.id);
    return checkout;
  } catch (error) {
    await giveBack(code);
    throw error;
  }
}

async function giveBack(code) {
  if (!(await cancelOrder(pool, code))) return;
  console.log(`web: order ${code} is cancelled`);
  await forgetProducts(redis).catch(() => {});
}

/** Anybody can call us; only Stripe can sign. */
async function signedEvent(body, signature) {
  const { webhooks } = await stripe();
  try {
    return webhooks.constructEvent(body, signature ?? '', webhookSecret);
  } catch (error) {
    if (!isStripes(error)) throw error;
    throw new RequestError(400, 'this is not signed by Stripe');
  }
}

function found(order) {
  if (!order) throw new RequestError(404, 'there is no such order');
  return order;
}

function sendPage(response, content, headers) {
  send(response, 200, content, { 'content-type': 'text/html; charset=utf-8', ...headers });
}

async function handle(request, response) {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const [path] = request.url.split('?');
  const end = path.lastIndexOf('/') + 1;
  const route = routes[`${method} ${path}`] ?? routes[`${method} ${path.slice(0, end)}*`];
  try {
    if (!route) throw new RequestError(404, 'there is nothing here');
    await route(request, response, path.slice(end));
  } catch (error) {
    sendJson(response, ...answerTo(error));
  }
}

/** @returns {[status: number, body: {error: string}]} */
function answerTo(error) {
  if (error instanceof RequestError) return [error.status, { error: error.message }];
  if (error instanceof InvalidOrder) return [422, { error: error.message }];
  if (isStripes(error)) {
    console.error(`web: stripe: ${reason(error)}`);
    return [502, { error: 'payments do not work right now, try again in a moment' }];
  }
  if (isOutage(error)) {
    postgresLog.failed(error); // only Postgres gets here: without Redis the routes still work
    return [503, { error: 'the database is away, try again in a moment' }];
  }
  console.error(error);
  return [500, { error: 'this is our mistake; the log says more' }];
}

const server = createServer(handle);
server.on('error', (error) => {
  console.error(`web: ${reason(error)}`);
  process.exit(1);
});
server.listen(Number(port), listenOn, () =>
  console.log(`web: listening on ${listenOn}:${port}, shown at ${publicUrl}`),
);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT']) {
  // Not `once`: npm passes on a signal that the whole process group got as well.
  process.on(signal, () => {
    if (!stopping) stop();
    stopping = true;
  });
}

/** Lets running requests finish, but not for long: connections that are kept alive must not hold us up. */
function stop() {
  setTimeout(() => server.closeAllConnections(), 500).unref();
  setTimeout(() => process.exit(1), 900).unref();
  server.close(async () => {
    redis.destroy();
    await pool.end();
    console.log('web: stopped');
  });
}
