import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from './db.js';
import { requireEnv } from './env.js';
import { isOutage, outageLog } from './log.js';
import { confirmOrder, forgottenOrders } from './orders.js';
import { addJob, finishJob, recoverJobs, takeJob } from './queue.js';
import { openRedis } from './redis.js';

const [databaseUrl, redisUrl] = requireEnv('DATABASE_URL', 'REDIS_URL');
const postgresLog = outageLog('postgres');
const pool = openPool(databaseUrl, postgresLog);
const redis = openRedis(redisUrl, outageLog('redis'));

let stopping = false;
let busy = false;
for (const signal of ['SIGTERM', 'SIGINT']) {
  // Not `once`: npm passes on a signal that the whole process group got as well.
  process.on(signal, () => {
    stopping = true;
    if (!busy) disconnect(); // ends the wait for a job; a running one is finished first
  });
}

if (!redis.isReady) await new Promise((resolve) => redis.once('ready', resolve).once('end', resolve));
if (!stopping) console.log('worker: waiting for orders');
while (!stopping) {
  try {
    const recovered = await recoverJobs(redis);
    if (recovered > 0) console.log(`worker: took up ${recovered} unfinished job${recovered === 1 ? '' : 's'}`);
    await requeueForgotten();
    await work();
  } catch (error) {
    if (stopping) break;
    // Redis has said by itself that it is away; for Postgres we do, as an idle worker may hold no connection.
    if (!isOutage(error)) console.error(error);
    else if (redis.isReady) postgresLog.failed(error);
    await sleep(1000);
  }
}
disconnect();
await pool.end();
console.log('worker: stopped');

async function work() {
  while (!stopping) {
    const code = await takeJob(redis, 5);
    if (!code) {
      await requeueForgotten();
      continue;
    }
    busy = true;
    try {
      await confirm(code);
      await finishJob(redis, code);
    } finally {
      busy = false;
    }
  }
}

async function confirm(code) {
  const start = performance.now();
  await sleep(800); // stands in for a mail server, and lets you see the order pending
  const done = await confirmOrder(pool, code);
  const time = `${Math.round(performance.now() - start)} ms`;
  console.log(done ? `worker: confirmed ${code} in ${time}` : `worker: ${code} needs no confirmation`);
}

/** Postgres knows best what is left to do: the queue may have been emptied. */
async function requeueForgotten() {
  for (const code of await forgottenOrders(pool)) await addJob(redis, code);
}

function disconnect() {
  if (redis.isOpen) redis.destroy();
}
