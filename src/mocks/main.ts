import type { Server } from 'node:http';
import { openHost } from './host.ts';
import type { MocksState } from './protocol.ts';
import { controlHandler } from './server/control.ts';
import { replayCall } from './server/replay-call.ts';
import { createMockServer, type Happened } from './server/server.ts';
import { type MocksSpec, SPEC } from './spec.ts';

const LOOPBACK = '127.0.0.1';

/** The process that answers for all mocked providers of one environment: `node mocks.js`, with DVE_MOCKS. */
async function main(): Promise<void> {
  const spec = JSON.parse(process.env[SPEC] ?? 'null') as MocksSpec | null;
  if (!spec) throw new Error(`${SPEC} is not set; devenv up starts this process`);
  // Children have no business with the keys.
  delete process.env[SPEC];
  const host = await openHost(spec, Date.now);
  const { log } = host;
  const listening = `${LOOPBACK}:${spec.port}`;
  const state = (): MocksState => ({
    ...{ environment: spec.environment, pid: process.pid, listening: [listening] },
    ...{ clock: new Date(host.clock.now()).toISOString(), totals: log.totals },
  });
  const { moveClock } = host;
  const replay = (id: number) => replayCall(log.call(id), spec.port);
  const server = createMockServer({
    mounts: host.mounts,
    control: controlHandler(spec.control, { log, state, replay, moveClock }),
    wallClock: Date.now,
    called: (happened) => {
      log.add(happened);
      tellUnsupported(happened);
    },
    failed: (error) => console.error(error),
  });
  await listen(server, spec.port);
  console.log(`answering for ${host.mounts.map(({ provider }) => provider.name).join(', ')} on ${listening}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close(server, host));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
}

/** What was answered is on the disk already. */
async function close(server: Server, host: AsyncDisposable): Promise<void> {
  server.close();
  server.closeAllConnections();
  await host[Symbol.asyncDispose]();
  process.exit(0);
}

function tellUnsupported({ provider, call, answer }: Happened): void {
  if (answer.told.unsupported) console.warn(`${provider.name} ${call.method} ${call.path} is not mocked`);
}

await main();
