import type { Server } from 'node:http';
import { paths } from '../lib/paths.ts';
import { processStart } from '../lib/process-identity.ts';
import { idleTimer } from './idle.ts';
import { listenOn } from './listen.ts';
import { newSocketPath } from './locations.ts';
import { RecordBook } from './records.ts';
import { prepareRunFolder } from './run-folder.ts';
import { createSupervisorServer } from './server.ts';
import { Subscribers } from './subscribers.ts';
import { Supervisor } from './supervisor.ts';

/** How long a process may take to end after SIGTERM. */
const GRACE_MS = 5000;
/** How long a supervisor that has no process waits for another. */
const IDLE_MS = 1000;
/** How long for the first one: it may need services whose images are still being fetched. */
const FIRST_IDLE_MS = 15 * 60_000;

/** The supervisor of one environment: `node supervisor.js <environment id> <state folder>`. */
async function main(environment: string | undefined, stateFolder: string | undefined): Promise<void> {
  if (!environment || !stateFolder) throw new Error('usage: supervisor <environment id> <state folder>');
  await prepareRunFolder();
  const socket = newSocketPath(environment);
  const identity = { pid: process.pid, start: (await processStart(process.pid)) ?? '' };
  const records = new RecordBook(stateFolder, identity, socket);
  const subscribers = new Subscribers();
  const around = { environment, records, runFolder: paths().run, graceMs: GRACE_MS };
  const supervisor = new Supervisor(around, stateFolder, (event) => subscribers.publish(event));

  const shutdown = once(() => void close(server, supervisor, subscribers, records));
  const idle = idleTimer(() => supervisor.isIdle, shutdown);
  const startedAt = new Date().toISOString();
  const answered = (): void => idle.touch(supervisor.hasWorked ? IDLE_MS : FIRST_IDLE_MS);
  const server = createSupervisorServer({ environment, startedAt, supervisor, subscribers, shutdown, answered });

  if (!(await listenOn(server, socket))) process.exit(0);
  records.write();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, shutdown);
  // A terminal that closes takes nothing with it.
  process.on('SIGHUP', () => {});
  answered();
}

/** New clients are turned away first: they then wait for the end of this process and start another. */
async function close(server: Server, supervisor: Supervisor, subscribers: Subscribers, records: RecordBook) {
  server.close();
  await supervisor.close();
  subscribers.close();
  records.discard();
  process.exit(0);
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

await main(process.argv[2], process.argv[3]);
