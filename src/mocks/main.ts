import type { Server } from 'node:http';
import { maskKeys } from '../core/guard/find.ts';
import type { Mode } from '../core/mocks.ts';
import { readIdentity, tlsOf } from './by-name/identity.ts';
import { TLS_PORT } from './by-name/names.ts';
import { openHost } from './host.ts';
import { readInput } from './input.ts';
import type { MocksState } from './protocol.ts';
import { UpstreamError } from './relay/upstream.ts';
import { CallLog } from './server/call-log.ts';
import { controlHandler } from './server/control.ts';
import { replayCall } from './server/replay-call.ts';
import { createMockServer, type Happened, type ServerParts, type Tls } from './server/server.ts';

const LOOPBACK = '127.0.0.1';

/** The process that answers for all mocked providers of one environment: `node mocks.js`, with `readInput` on its input. */
async function main(): Promise<void> {
  const { spec, start } = await readInput(process.stdin);
  const host = await openHost(spec, {
    wallClock: Date.now,
    failed,
    tell: (message) => console.warn(message),
    realKeys: start.realKeys,
  });
  const log = new CallLog();
  const listening: string[] = [];
  const state = async (): Promise<MocksState> => ({
    ...{ environment: spec.environment, pid: process.pid, listening },
    ...{ clock: new Date(await host.now()).toISOString(), totals: log.totals },
    modes: Object.fromEntries(host.mounts.map(({ provider: { name } }) => [name, spec.modes[name]])),
    ...{ faults: host.faults.all, deliveries: await host.countDeliveries(), budget: await host.budget() },
  });
  const replay = (id: number) => replayCall(log.call(id), spec.port);
  const parts: ServerParts = {
    mounts: host.mounts,
    control: controlHandler(spec.control, { log, host, state, replay }),
    wallClock: Date.now,
    called: (happened) => {
      log.add(happened);
      tellUnsupported(happened);
    },
    failed,
  };
  const servers: Server[] = [];
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close(servers, host));
  const open = async (address: string, port = spec.port, tls: Tls | null = null): Promise<void> => {
    servers.push(await listen(createMockServer(parts, tls), address, port));
    listening.push(`${address}:${port}`);
  };
  // Those for containers first: who waits for the mocks sees the other.
  const { also } = start;
  if (also && spec.byName) await open(also, TLS_PORT, tlsOf(await readIdentity(spec.byName.file)));
  if (also)
    await open(also).catch(({ message }: Error) => console.warn(`containers can't reach the mocks: ${message}`));
  await open(LOOPBACK);
  // Said before anybody could be asked.
  await host.catchUp();
  console.log(
    `answering for ${host.mounts.map(({ provider: { name } }) => answering(name, spec.modes[name])).join(', ')} on ${listening.join(', ')}`,
  );
}

/** A provider that can't be reached is no bug of ours. */
function failed(error: unknown): void {
  console.error(error instanceof UpstreamError ? error.message : error);
}

function answering(name: string, mode: Mode): string {
  return mode === 'mock' ? name : `${name} (${mode})`;
}

function listen(server: Server, address: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve(server));
  });
}

/** What was answered is on the disk already. */
async function close(servers: readonly Server[], host: AsyncDisposable): Promise<void> {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await host[Symbol.asyncDispose]();
  process.exit(0);
}

function tellUnsupported({ provider, call, answer }: Happened): void {
  if (answer.told.unsupported) console.warn(maskKeys(`${provider.name} ${call.method} ${call.path} is not mocked`));
}

await main();
