import { setTimeout as sleep } from 'node:timers/promises';
import { openPool } from './db.js';
import { requireEnv } from './env.js';
import { isOutage, outageLog } from './log.js';
import { cancelOrder, confirmOrder, forgottenOrders, keepSummary, strandedOrders } from './order-states.js';
import { findOrder } from './orders.js';
import { addJob, finishJob, recoverJobs, takeJob } from './queue.js';
import { openRedis } from './redis.js';
import { openModel, writeSummary } from './summary.js';

const [databaseUrl, redisUrl] = requireEnv('DATABASE_URL', 'REDIS_URL', 'OPENAI_API_KEY');
const postgresLog = outageLog('postgres');
const modelLog = outageLog('model');
const pool = openPool(databaseUrl, postgresLog);
const redis = openRedis(redisUrl, outageLog('redis'));
const model = openModel();
const MODEL_REST_MS = 10_000;

let stopping = false;
let busy = false;
let askAgainAt = 0; // the model is left alone until then
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
    await tidyUp();
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
      await tidyUp();
      continue;
    }
    busy = true;
    try {
      await confirm(code);
      await sumUp(code);
      await finishJob(redis, code);
    } finally {
      busy = false;
    }
  }
}

async function confirm(code) {
  const order = await findOrder(pool, code);
  if (order?.status !== 'paid') return;
  const start = performance.now();
  await sleep(800); // stands in for a mail server, and lets you see the order paid and not yet confirmed
  const done = await confirmOrder(pool, code);
  const time = `${Math.round(performance.now() - start)} ms`;
  console.log(done ? `worker: confirmed ${code} in ${time}` : `worker: ${code} needs no confirmation`);
}

/** An order doesn't need the model: without it the summary comes later. */
async function sumUp(code) {
  const order = await findOrder(pool, code);
  if (order?.status !== 'confirmed' || order.summary || Date.now() < askAgainAt) return;
  let summary;
  try {
    summary = await writeSummary(await model(), order);
    modelLog.works();
  } catch (error) {
    modelLog.failed(error);
    askAgainAt = Date.now() + MODEL_REST_MS;
    return;
  }
  await keepSummary(pool, code, summary);
  console.log(`worker: summed up ${code}`);
}

/** Postgres knows best what is left to do: the queue may have been emptied. */
async function tidyUp() {
  for (const code of await forgottenOrders(pool)) await addJob(redis, code);
  for (const code of await strandedOrders(pool)) {
    if (await cancelOrder(pool, code)) console.log(`worker: ${code} could not be paid and is cancelled`);
  }
}

function disconnect() {
  if (redis.isOpen) redis.destroy();
}
