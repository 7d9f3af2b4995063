import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { findRoute, RequestError } from '../src/routes.js';

const { DATABASE_URL } = process.env;
const skip = DATABASE_URL ? false : 'DATABASE_URL is not set: devenv run -- npm test';
const pool = new pg.Pool({ connectionString: DATABASE_URL });
after(() => pool.end());

const call = (method, path, body) => {
  const { route, id } = findRoute(method, path);
  return route(pool, id, body);
};

test('a task is made, changed, listed and deleted', { skip }, async () => {
  const [status, task] = await call('POST', '/tasks', { title: ' Water the plants ' });
  assert.equal(status, 201);
  assert.equal(task.title, 'Water the plants');
  assert.equal((await call('PATCH', `/tasks/${task.id}`, { done: true }))[1].done, true);
  assert.ok((await call('GET', '/tasks'))[1].some(({ id }) => id === task.id));
  assert.deepEqual(await call('DELETE', `/tasks/${task.id}`), [204]);
  await assert.rejects(call('PATCH', `/tasks/${task.id}`, { done: true }), { status: 404 });
});

test('what is no task is refused before the database sees it', async () => {
  for (const body of [undefined, null, 7, {}, { title: '' }, { title: 'a\0b' }, { title: 'a', done: 'yes' }]) {
    await assert.rejects(call('POST', '/tasks', body), { status: 422 });
  }
});

test('only paths that there are', () => {
  for (const path of ['/', '/task', '/tasks/x', '/tasks/1/2', '/constructor', `/tasks/${'9'.repeat(20)}`]) {
    assert.throws(() => findRoute('PATCH', path), RequestError);
  }
});
