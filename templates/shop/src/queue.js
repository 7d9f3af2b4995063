/*
 * A reliable queue of order codes in two Redis lists. Taking a job moves it from
 * the first to the second in one step, so a worker that dies never loses it.
 */
const WAITING = 'shop:jobs';
const TAKEN = 'shop:jobs:taken';

export function addJob(redis, code) {
  return redis.lPush(WAITING, code);
}

/** Waits for a job; null when none came. The connection is blocked meanwhile. */
export function takeJob(redis, seconds) {
  return redis.blMove(WAITING, TAKEN, 'RIGHT', 'LEFT', seconds);
}

export function finishJob(redis, code) {
  return redis.lRem(TAKEN, 1, code);
}

/**
 * Puts back what was taken and never finished. With a second worker that may be a
 * job in progress, which is harmless: confirming an order twice changes nothing.
 * @returns {Promise<number>} how many
 */
export async function recoverJobs(redis) {
  let count = 0;
  while (await redis.lMove(TAKEN, WAITING, 'LEFT', 'RIGHT')) count++;
  return count;
}
