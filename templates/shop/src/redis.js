import { createClient } from '@redis/client'; // `redis` without its extra modules: starts faster

/** Connects in the background and again after every loss; until then commands fail at once. */
export function openRedis(url, log) {
  const redis = createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (attempt) => Math.min(50 * attempt, 1000) },
  });
  redis.on('error', log.failed);
  redis.on('ready', log.works);
  redis.connect().catch(() => {}); // reported by the listener above
  return redis;
}
