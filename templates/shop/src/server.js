import { createServer } from 'node:http';
import { openPool } from './db.js';
import { requireEnv } from './env.js';
import { address } from './format.js';
import { RequestError, readJson, send, sendJson } from './http.js';
import { isOutage, outageLog, reason } from './log.js';
import { createOrder, InvalidOrder, listOrders, validateOrder } from './orders.js';
import { page } from './page/page.js';
import { forgetProducts, listProducts } from './products.js';
import { addJob } from './queue.js';
import { openRedis } from './redis.js';

const [databaseUrl, redisUrl, port, publicUrl] = requireEnv('DATABASE_URL', 'REDIS_URL', 'PORT', 'PUBLIC_URL');
const postgresLog = outageLog('postgres');
const pool = openPool(databaseUrl, postgresLog);
const redis = openRedis(redisUrl, outageLog('redis'));

const routes = {
  async 'GET /'(_request, response) {
    const [{ products, cache }, orders, engines] = await Promise.all([
      listProducts(pool, redis),
      listOrders(pool),
      engineVersions(),
    ]);
    const content = page({ products, orders, engines, cache, publicUrl, database: address(databaseUrl) });
    send(response, 200, content, { 'content-type': 'text/html; charset=utf-8', 'x-cache': cache });
  },

  async 'GET /health'(_request, response) {
    const { postgres, redis } = await engineVersions();
    const ok = !(postgres instanceof Error || redis instanceof Error);
    const say = (version) => (version instanceof Error ? reason(version) : version);
    sendJson(response, ok ? 200 : 503, { ok, postgres: say(postgres), redis: say(redis) });
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
    // The order is safe in Postgres by now. Should Redis be away, the worker finds it there.
    await Promise.all([forgetProducts(redis), addJob(redis, code)]).catch(() => {});
    sendJson(response, 201, { code, status: 'pending' });
  },
};

/** Asks both engines. A version is an Error when its engine didn't answer. */
async function engineVersions() {
  const [postgres, info] = await Promise.all([
    pool.query('show server_version').catch((error) => error),
    redis.info('server').catch((error) => error),
  ]);
  return {
    postgres: postgres instanceof Error ? postgres : postgres.rows[0].server_version.split(' ')[0],
    redis: info instanceof Error ? info : /redis_version:(\S+)/.exec(info)[1],
  };
}

async function handle(request, response) {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = routes[`${method} ${request.url.split('?')[0]}`];
  try {
    if (!route) throw new RequestError(404, 'there is nothing here');
    await route(request, response);
  } catch (error) {
    sendJson(response, ...answerTo(error));
  }
}

/** @returns {[status: number, body: {error: string}]} */
function answerTo(error) {
  if (error instanceof RequestError) return [error.status, { error: error.message }];
  if (error instanceof InvalidOrder) return [422, { error: error.message }];
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
server.listen(Number(port), '127.0.0.1', () =>
  console.log(`web: listening on 127.0.0.1:${port}, shown at ${publicUrl}`),
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
