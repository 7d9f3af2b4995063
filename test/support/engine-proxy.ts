import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';

/** An engine that stops half-way, without stopping one that others use. */
export interface EngineProxy extends AsyncDisposable {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** From now on every request gets through. */
  heal(): void;
  /** From now on none does; what is open is cut. */
  cut(): void;
}

const REQUEST = /(?:GET|HEAD|POST|PUT|DELETE) \/\S* HTTP\/1\.1\r\n/g;

/** Listens on a socket in front of the engine's and cuts every connection after so many requests. */
export async function proxyEngine(engine: string, socket: string, requests: number): Promise<EngineProxy> {
  let left = requests;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectEngine(engine);
    const end = (): void => {
      for (const end of [client, upstream]) end.destroy();
    };
    for (const side of [client, upstream]) {
      open.add(side);
      side.on('error', end).on('close', () => open.delete(side));
    }
    client.on('data', (chunk) => {
      left -= chunk.toString('latin1').match(REQUEST)?.length ?? 0;
      if (left < 0) end();
      else upstream.write(chunk);
    });
    client.on('end', () => upstream.end());
    upstream.pipe(client);
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    host: `unix://${socket}`,
    heal() {
      left = Number.POSITIVE_INFINITY;
    },
    cut() {
      left = 0;
      for (const side of open) side.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const side of open) side.destroy();
      server.close();
      await rm(socket, { force: true });
    },
  };
}

function connectEngine(host: string): Socket {
  if (host.startsWith('unix://')) return connect(host.slice('unix://'.length));
  const { hostname, port } = new URL(host);
  return connect(Number(port), hostname);
}
