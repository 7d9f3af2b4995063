import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../../core/errors.ts';
import type { Access, Prepare } from '../../../core/runtime.ts';
import type { Service } from '../../../core/stack.ts';
import type { Context } from '../context.ts';
import type { Installed } from '../programs/installed.ts';
import { launchOf } from '../programs/resolve.ts';
import { serverCommand } from '../server/command.ts';
import { lastWords } from '../server/last-words.ts';
import { isServer, type ProcessRecord } from '../server/record.ts';
import { makeRunFolder } from '../server/run-folder.ts';
import { spawnServer } from '../server/spawn.ts';
import { endServer } from '../server/stop.ts';

export interface ThrowAway {
  readonly service: Service;
  readonly installed: Installed;
  /** For its record and log. */
  readonly root: string;
  readonly data: string;
  readonly files: string;
}

/** Runs a server on data nobody else uses, on any free port, for as long as `use` takes; then stops it cleanly. */
export async function withThrowAwayServer(
  context: Context,
  server: ThrowAway,
  use: Prepare,
  signal: AbortSignal,
): Promise<void> {
  const run = await makeRunFolder(context, 'template', randomBytes(6).toString('hex'));
  const log = join(server.root, 'server.log');
  try {
    const record = await start(context, server, run, log);
    const over = new AbortController();
    try {
      const stop = AbortSignal.any([signal, over.signal]);
      await Promise.race([whenDead(server, record, log, stop), use(accessTo(record), stop)]);
    } finally {
      over.abort();
      await endServer(record, server.data);
    }
  } finally {
    await rm(run, { recursive: true, force: true });
  }
}

function accessTo(record: ProcessRecord): Access {
  return { endpoint: { host: '127.0.0.1', port: record.port }, socketDir: record.run, exec: null };
}

async function start(context: Context, server: ThrowAway, run: string, logFile: string): Promise<ProcessRecord> {
  const launch = launchOf(server.service);
  const port = await freePort();
  const places = { data: server.data, files: server.files, run, port };
  const command = serverCommand(server.installed, launch, launch.run, places);
  const processFile = join(server.root, 'pid.json');
  return spawnServer(context, command, { processFile, logFile, run, port, stopSignal: launch.stopSignal });
}

/** Never resolves: rejects when the server ends or the user gives up. */
async function whenDead(server: ThrowAway, record: ProcessRecord, log: string, signal: AbortSignal): Promise<never> {
  while (await isServer(record, server.data)) await sleep(20, undefined, { signal });
  throw new UserError(`${server.service.name} ended while its first data was made: ${await lastWords(log, 0)}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
