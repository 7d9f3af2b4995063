/** Asks both engines. A version is an Error when its engine didn't answer. */
export async function engineVersions(pool, redis) {
  const [postgres, info] = await Promise.all([
    pool.query('show server_version').catch((error) => error),
    redis.info('server').catch((error) => error),
  ]);
  return {
    postgres: postgres instanceof Error ? postgres : postgres.rows[0].server_version.split(' ')[0],
    redis: info instanceof Error ? info : /redis_version:(\S+)/.exec(info)[1],
  };
}
