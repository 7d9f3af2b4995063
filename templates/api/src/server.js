import { createServer } from 'node:http';
import pg from 'pg';
import { findRoute, RequestError } from './routes.js';

const { DATABASE_URL, PORT = '3000' } = process.env;
const MAX_BYTES = 64 * 1024;

const pool = new pg.Pool({ connectionString: DATABASE_URL, connectionTimeoutMillis: 2000 });
// Without a listener a restart of Postgres would take this process down.
pool.on('error', (error) => console.error(`postgres: ${error.message}`));

const server = createServer(async (request, response) => {
  try {
    const { route, id } = findRoute(request.method, request.url.split('?')[0]);
    send(response, ...(await route(pool, id, await readBody(request))));
  } catch (error) {
    if (!(error instanceof RequestError)) console.error(error);
    const known = error instanceof RequestError;
    send(response, known ? error.status : 500, {
      error: known ? error.message : 'this is our mistake; the log says more',
    });
  }
});

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new RequestError(413, 'the body is too large');
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new RequestError(400, 'the body is not valid JSON');
  }
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(body === undefined ? undefined : `${JSON.stringify(body)}\n`);
}

server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${PORT}`));

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    // Connections that are kept alive must not hold us up.
    setTimeout(() => process.exit(1), 900).unref();
    server.close(() => pool.end());
    server.closeIdleConnections();
  });
}
