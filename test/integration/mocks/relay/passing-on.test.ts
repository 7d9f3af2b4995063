import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Provider } from '../../../../src/mocks/provider.ts';
import { MINTED, makeRecordings, REAL, recording, replaying } from '../../../support/relays.ts';
import { type ServedMocks, serveMocks } from '../../../support/serve-mocks.ts';
import { until } from '../../../support/until.ts';

interface Upstream extends AsyncDisposable {
  readonly url: string;
  readonly seen: { readonly request: IncomingMessage; readonly body: string; closed: boolean }[];
}

/** A provider that answers as told, and keeps what it was sent. */
async function upstream(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<Upstream> {
  const seen: Upstream['seen'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { request, body, closed: false };
    seen.push(one);
    response.on('close', () => (one.closed = !response.writableFinished));
    await answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serve(provider: Provider): Promise<ServedMocks> {
  return serveMocks([{ prefix: '/', provider }]);
}

function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${MINTED}`, 'content-type': 'application/json', ...init.headers };
  return fetch(`${url}/v1/things?q=a`, { method: 'POST', body: '{"a":1}', ...init, headers });
}

function json(response: ServerResponse, body: unknown, headers: Record<string, string> = {}, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

it('gives the provider its own key, and nothing that is only the caller’s', async () => {
  await using provider = await upstream((_, response) => json(response, { ok: true }));
  await using relay = await serve(recording('openai', provider.url, null));
  const headers = {
    cookie: 'session=1',
    'x-forwarded-for': '10.0.0.1',
    'x-stainless-lang': 'js',
    referer: 'http://shop',
  };
  expect(await (await ask(relay.url, { headers })).json()).toEqual({ ok: true });
  const [{ request, body }] = provider.seen as [Upstream['seen'][0]];
  expect([request.method, request.url, body]).toEqual(['POST', '/v1/things?q=a', '{"a":1}']);
  expect(request.headers).toMatchObject({
    authorization: `Bearer ${REAL}`,
    'x-stainless-lang': 'js',
    'accept-encoding': 'identity',
  });
  expect(request.headers.host).toBe(new URL(provider.url).host);
  for (const name of ['cookie', 'x-forwarded-for', 'referer']) expect(request.headers).not.toHaveProperty(name);
});

it('sends nothing on for a caller without the minted key, and doesn’t repeat what he sent', async () => {
  await using provider = await upstream((_, response) => json(response, {}));
  await using relay = await serve(recording('stripe', provider.url, null));
  const own = `sk_${'live'}_51Habcdefghij`;
  const basic = `Basic ${Buffer.from(`${own}:`).toString('base64')}`;
  for (const authorization of [`Bearer ${own}`, basic, '']) {
    const answer = await ask(relay.url, { headers: { authorization } });
    const text = await answer.text();
    expect([answer.status, JSON.parse(text).error.type]).toEqual([401, 'invalid_request_error']);
    expect(text).not.toContain(own);
  }
  expect(provider.seen).toEqual([]);
  const minted = `Basic ${Buffer.from(`${MINTED}:`).toString('base64')}`;
  expect((await ask(relay.url, { headers: { authorization: minted } })).status).toBe(200);
});

it('never calls another host, whatever the path', async () => {
  await using provider = await upstream((_, response) => json(response, {}));
  const relay = recording('openai', provider.url, null);
  for (const path of ['//example.org/x', '/@example.org/x', '/\\example.org', '/v1/../../x']) {
    const headers = { authorization: `Bearer ${MINTED}` };
    await relay.answer({ method: 'GET', path, query: new URLSearchParams(), headers, body: Buffer.alloc(0) });
  }
  expect(provider.seen.map(({ request }) => request.url)).toEqual([
    '//example.org/x',
    '/@example.org/x',
    '/\\example.org',
    '/v1/../../x',
  ]);
});

it('the real key is nowhere, also where the provider repeats it: in headers, bodies, errors, streams cut anywhere', async () => {
  const answers: Record<string, (response: ServerResponse) => unknown> = {
    '/body': (response) =>
      json(
        response,
        { echo: REAL, also: `Bearer ${REAL}` },
        { 'x-echo': REAL, 'set-cookie': 'a=b', 'openai-organization': 'my-company', 'x-request-id': 'req_abc' },
      ),
    '/error': (response) => json(response, { error: { message: `bad key ${REAL}, or sk-proj-****wxyz` } }, {}, 401),
    '/gzip': (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify({ echo: REAL })));
    },
    '/bytes': (response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      response.end(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(REAL), Buffer.from([0x80])]));
    },
    '/stream': async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const letter of `data: {"delta":"${REAL}"}\n\n`) {
        response.write(letter);
        await sleep(1);
      }
      for (const half of [REAL.slice(0, 20), REAL.slice(20)]) response.write(`data: {"delta":"${half}"}\n\n`);
      response.end();
    },
  };
  await using provider = await upstream(({ url = '' }, response) => answers[url.split('?')[0] ?? '']?.(response));
  await using recordings = await makeRecordings();
  const failures: unknown[] = [];
  await using relay = await serve(
    recording('openai', provider.url, recordings, { failed: (error) => failures.push(error) }),
  );
  for (const path of Object.keys(answers)) {
    const answer = await fetch(`${relay.url}${path}?echo=${REAL}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MINTED}` },
      body: REAL,
    });
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1') + JSON.stringify([...answer.headers]);
    expect(text).toContain(MINTED);
    expect(text, path).not.toContain(REAL);
    expect(text).not.toContain('wxyz');
    expect(text).not.toContain('set-cookie');
  }
  const files = await recordings.files();
  expect(Object.keys(files)).toHaveLength(5);
  const kept = JSON.stringify(files);
  for (const secret of [
    REAL,
    REAL.slice(20),
    MINTED,
    'wxyz',
    'my-company',
    'req_abc',
    Buffer.from(REAL).toString('base64').slice(4, -4),
  ]) {
    expect(kept).not.toContain(secret);
  }
  // What the log keeps of a call: what came from the app, and what went back to it.
  const log = relay.calls.map(({ answer: { told, headers }, sent }) => ({ told, headers, sent }));
  expect(JSON.stringify(log)).not.toContain(REAL);
  expect([failures, relay.failures]).toEqual([[], []]);
});

it('hands a stream on as it comes, and writes it down when it has ended', async () => {
  let go = (): void => {};
  const gone = new Promise<void>((resolve) => (go = resolve));
  await using provider = await upstream(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"n":1}\n\n');
    await gone;
    response.end('data: [DONE]\n\n');
  });
  await using recordings = await makeRecordings();
  await using relay = await serve(recording('openai', provider.url, recordings));
  const reader = ((await ask(relay.url)).body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value ?? '').toString()).toBe('data: {"n":1}\n\n');
  expect(await recordings.files()).toEqual({});
  go();
  expect(Buffer.from((await reader.read()).value ?? '').toString()).toBe('data: [DONE]\n\n');
  expect((await reader.read()).done).toBe(true);
  const [text = ''] = Object.values(await recordings.files());
  expect(JSON.parse(text).answers[0].body).toEqual({ events: [{ data: { n: 1 } }, { text: '[DONE]' }] });
});

it('a caller who leaves ends the call at the provider too, before and in its answer, and nothing is written down', async () => {
  await using provider = await upstream(async ({ url = '' }, response) => {
    if (url.startsWith('/stream'))
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
  });
  await using recordings = await makeRecordings();
  await using relay = await serve(recording('openai', provider.url, recordings));
  for (const path of ['/silent', '/stream']) {
    const leave = new AbortController();
    const asked = fetch(`${relay.url}${path}`, {
      headers: { authorization: `Bearer ${MINTED}` },
      signal: leave.signal,
    });
    const outcome = path === '/stream' ? (await asked).text() : asked;
    const failed = expect(outcome).rejects.toThrow();
    await until('the provider has the call', () => provider.seen.length === (path === '/silent' ? 1 : 2));
    leave.abort();
    await failed;
    await until('the provider is left too', () => provider.seen.at(-1)?.closed);
  }
  expect(await recordings.files()).toEqual({});
  expect(relay.failures).toEqual([]);
});

it('a provider that is not there, is silent or breaks off is told in its own shape', async () => {
  await using provider = await upstream(async ({ url = '' }, response) => {
    if (url.startsWith('/v1/half')) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"a":');
      setTimeout(() => response.destroy(), 10);
    }
    if (url.startsWith('/v1/stream')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
      setTimeout(() => response.destroy(), 10);
    }
  });
  await using recordings = await makeRecordings();
  const failed: unknown[] = [];
  const changed = { limits: { connectMs: 1_000, silenceMs: 200 }, failed: (error: unknown) => failed.push(error) };
  await using relay = await serve(recording('anthropic', provider.url, recordings, changed));
  const headers = { 'x-api-key': MINTED };
  const asked = async (url: string, path: string) => {
    const answer = await fetch(`${url}${path}`, { headers });
    return [answer.status, await answer.json()];
  };
  const error = (message: string) => ({
    type: 'error',
    error: { type: 'api_error', message: expect.stringContaining(message) },
  });
  expect(await asked(relay.url, '/v1/silent')).toEqual([504, error('has not answered for too long')]);
  expect(await asked(relay.url, '/v1/half')).toEqual([502, error('cut off')]);
  await expect(fetch(`${relay.url}/v1/stream`, { headers }).then((answer) => answer.text())).rejects.toThrow();
  await provider[Symbol.asyncDispose]();
  expect(await asked(relay.url, '/v1/silent')).toEqual([502, error("can't be reached (ECONNREFUSED)")]);
  expect(await recordings.files()).toEqual({});
  // Each may have cost something, and is told; what devenv has answered itself isn't called recorded.
  await until('all are told', async () => relay.calls.length === 4);
  expect(relay.calls.map(({ call, whole, answer }) => [call.path, whole, answer.told.rule])).toEqual([
    ['/v1/silent', true, 'passed on'],
    ['/v1/half', true, 'passed on'],
    ['/v1/stream', false, 'recorded'],
    ['/v1/silent', true, 'passed on'],
  ]);
  expect(`${failed}${relay.failures}`).not.toContain(REAL);
});

it('of Stripe nothing is passed on any more when an answer is about real money', async () => {
  await using provider = await upstream((_, response) => json(response, { data: [{ id: 'cus_1', livemode: true }] }));
  await using recordings = await makeRecordings();
  await using relay = await serve(recording('stripe', provider.url, recordings));
  for (let time = 0; time < 2; time++) {
    const answer = await ask(relay.url);
    const text = await answer.text();
    expect([answer.status, text]).toEqual([403, expect.stringContaining('livemode: true')]);
    expect(text).not.toContain('cus_1');
  }
  expect(provider.seen).toHaveLength(1);
  expect(await recordings.files()).toEqual({});
});

it('what can’t be written down is told, and answered all the same', async () => {
  await using provider = await upstream((_, response) => json(response, { ok: true }));
  const recordings = await makeRecordings();
  await recordings[Symbol.asyncDispose]();
  const { writeFile, rm } = await import('node:fs/promises');
  await writeFile(recordings.folder, 'in the way');
  const failed: unknown[] = [];
  await using relay = await serve(
    recording('openai', provider.url, recordings, { failed: (error) => failed.push(error) }),
  );
  expect(await (await ask(relay.url)).json()).toEqual({ ok: true });
  expect(failed).toHaveLength(1);
  await rm(recordings.folder);
});

it('a recorded stream is replayed at the pace that was configured', async () => {
  await using provider = await upstream((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: 1\n\ndata: 2\n\ndata: 3\n\n');
  });
  await using recordings = await makeRecordings();
  await using relay = await serve(recording('openai', provider.url, recordings));
  const text = await (await ask(relay.url)).text();
  await using replay = await serve(replaying('openai', recordings, { pace: { firstMs: 60, nextMs: 20 } }));
  expect(await (await ask(replay.url)).text()).toBe(text);
  expect(replay.calls[0]?.tookMs).toBeGreaterThanOrEqual(98);
});

it('a file that is no recording is passed over and named; one that is put there later is found', async () => {
  await using recordings = await makeRecordings();
  const { writeFile } = await import('node:fs/promises');
  await writeFile(`${recordings.folder}/broken.json`, '{"request":');
  const told: string[] = [];
  await using replay = await serve(replaying('openai', recordings, { tell: (message) => told.push(message) }));
  const missing = await ask(replay.url);
  expect([missing.status, await missing.text()]).toEqual([
    404,
    expect.stringContaining('Of POST /v1/things nothing is recorded'),
  ]);
  expect(told[0]).toMatch(/broken\.json is no recording/);
  const request = { method: 'POST', path: '/v1/things?q=a', body: { json: { a: 1 } } };
  const answers = [{ status: 202, headers: {}, body: { json: { by: 'hand' } } }];
  await writeFile(`${recordings.folder}/by-hand.json`, JSON.stringify({ request, answers }));
  const found = await ask(replay.url);
  expect([found.status, await found.json()]).toEqual([202, { by: 'hand' }]);
});
