import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { probe } from '../../../src/app/probe.ts';
import { waitReady } from '../../../src/app/wait-ready.ts';
import type { Runtime } from '../../../src/core/runtime.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { Service } from '../../../src/core/stack.ts';

const never = new AbortController().signal;

it.each(['postgres', 'redis', 'container'])(
  'a %s that takes connections and says nothing is soon known',
  async (engine) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const began = performance.now();
    const found = await probe(service(engine, port), never, 200);
    expect(found).toEqual({ state: 'waiting', why: `it does not answer on 127.0.0.1:${port}` });
    expect(performance.now() - began).toBeLessThan(1_500);
    for (const socket of sockets) socket.destroy();
    server.close();
  },
);

it.each(['postgres', 'redis'])('a %s that is not there is another matter', async (engine) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  expect(await probe(service(engine, port), never, 5_000)).toMatchObject({
    why: expect.stringContaining('connection refused'),
  });
});

it('the last attempt of a wait is long enough to hear why', async () => {
  const server = createServer((socket) => void setTimeout(() => socket.end(), 300)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const runtime = { alive: async () => ({ alive: true, why: '' }) } as unknown as Runtime;
  const slow = { ...service('redis', port), timeoutMs: 200 };
  const wait = waitReady('id', slow, runtime, () => {}, never);
  await expect(wait).rejects.toThrow('db is not ready after 0.2 s: it closed the connection');
  server.close();
});

function service(engine: string, port: number): Service {
  return {
    name: 'db',
    engine,
    version: '17',
    needs: [],
    ports: [{ name: 'main', container: port, host: port }],
    password: new Secret('secret'),
    settings: {},
    ready: { port: 'main', http: '/' },
    timeoutMs: 1_000,
    content: null,
    url: new Secret(''),
    launch: { kind: 'none', limits: [], template: null, files: [], made: {}, fingerprint: {} },
  };
}
