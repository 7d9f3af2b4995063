/** A request that can't be answered; the message goes to the client. */
export class RequestError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const COLUMNS = 'id::int, title, done, created_at as "createdAt"';

/** Each gets the database, the number in the path and the body, and gives a status and what to answer. */
export const routes = {
  async 'GET /health'(db) {
    await db.query('select 1');
    return [200, { ok: true }];
  },

  async 'GET /tasks'(db) {
    const { rows } = await db.query(`select ${COLUMNS} from tasks order by id desc`);
    return [200, rows];
  },

  async 'POST /tasks'(db, _id, body) {
    const { title } = readTask(body);
    if (title === undefined) throw new RequestError(422, 'title is missing');
    const { rows } = await db.query(`insert into tasks (title) values ($1) returning ${COLUMNS}`, [title]);
    return [201, rows[0]];
  },

  async 'PATCH /tasks/:id'(db, id, body) {
    const { title, done } = readTask(body);
    const { rows } = await db.query(
      `update tasks set title = coalesce($2, title), done = coalesce($3, done) where id = $1 returning ${COLUMNS}`,
      [id, title, done],
    );
    if (rows.length === 0) throw new RequestError(404, `there is no task ${id}`);
    return [200, rows[0]];
  },

  async 'DELETE /tasks/:id'(db, id) {
    const { rowCount } = await db.query('delete from tasks where id = $1', [id]);
    if (rowCount === 0) throw new RequestError(404, `there is no task ${id}`);
    return [204];
  },
};

/** The route of a request, and the number in its path. */
export function findRoute(method, path) {
  const id = /^\/\w+\/(\d{1,9})$/.exec(path)?.[1];
  const pattern = id === undefined ? path : path.replace(/\d+$/, ':id');
  const name = `${method} ${pattern}`;
  if (!Object.hasOwn(routes, name)) throw new RequestError(404, 'there is nothing here');
  return { route: routes[name], id: id === undefined ? undefined : Number(id) };
}

function readTask(body) {
  if (typeof body !== 'object' || body === null) throw new RequestError(422, 'send an object');
  const { title, done } = body;
  // A text with a zero in it is none for Postgres.
  const fits = typeof title === 'string' && title.trim() !== '' && title.length <= 200 && !title.includes('\0');
  if (title !== undefined && !fits) throw new RequestError(422, 'title has to be a text of 1 to 200 characters');
  if (done !== undefined && typeof done !== 'boolean') throw new RequestError(422, 'done has to be true or false');
  return { title: title?.trim(), done };
}
