/** A request we can't answer; the message goes to the client. */
export class RequestError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const MAX_BYTES = 256 * 1024;

export async function readJson(request) {
  // Other sites can make a browser post a form here, but not JSON.
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new RequestError(415, 'send JSON, with content-type: application/json');
  }
  const body = await readBody(request);
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new RequestError(400, 'the body is not valid JSON');
  }
}

/** The bytes as they came. */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BYTES) break;
    }
  } catch {
    throw new RequestError(400, 'the body was cut short');
  }
  if (size > MAX_BYTES) throw new RequestError(413, 'the body is too large');
  return Buffer.concat(chunks);
}

export function send(response, status, body, headers) {
  response.writeHead(status, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers });
  response.end(String(body));
}

/** To another page, which the browser asks for with GET. */
export function redirect(response, location) {
  send(response, 303, '', { location });
}

export function sendJson(response, status, value, headers) {
  send(response, status, `${JSON.stringify(value)}\n`, {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  });
}
