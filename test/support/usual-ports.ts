import { createServer, type Server } from 'node:net';

/** Those that samples ask for; not 8080, which one of them has written into its script and can't do without. */
const USUAL = [3000, 3001, 4000, 4567, 5000, 5173, 8000, 8123, 9292];

/**
 * Takes the usual ports for as long as the tests run. Each test file has a list of ports of its own: two that give 3000 to
 * an app at the same time would have one of them fail. So every app gets a port that follows from its environment's id.
 */
export default async function holdUsualPorts(): Promise<() => Promise<void>> {
  const held = (await Promise.all(USUAL.map(hold))).filter((server) => server !== null);
  return async () => {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  };
}

/** Null where somebody else has it, which is as good. */
function hold(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
