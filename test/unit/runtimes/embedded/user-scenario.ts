/** Run by test/integration/embedded-user.test.ts as a user that is not root. Prints what it saw as one line of JSON. */
import pg from 'pg';
import { bringUp, eventually, makeWorld, PASSWORD, postgresService, redisService } from './world.ts';

const never = new AbortController().signal;
const report = () => {};

await using world = await makeWorld();
const { runtime } = world;
const environment = world.environment();
const [db, cache] = [await postgresService('17', null), await redisService()];
for (const service of [db, cache]) {
  await runtime.fetch(service, report, never);
  await bringUp(runtime, environment, service);
}
const rows = await eventually(async () => {
  const port = db.ports[0]?.host as number;
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: PASSWORD, database: 'postgres' });
  await client.connect();
  const { rows } = await client.query('select 1 as one');
  await client.end();
  return rows as unknown[];
});
const seen = await runtime.observeId(environment.id);
const states = seen.services.map(({ name, state }) => `${name} ${state}`);
console.log(JSON.stringify({ uid: process.getuid?.(), rows, states }));
