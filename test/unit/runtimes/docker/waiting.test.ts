import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changes } from '../../../../src/runtimes/docker/changes.ts';
import { serviceLogs } from '../../../../src/runtimes/docker/logs.ts';

/** An engine that, like Podman, answers only when there is something to tell; here is nothing. */
let server: Server;
let docker: Docker;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-'));
  server = createServer(() => {});
  server.listen(join(folder, 'socket'));
  await once(server, 'listening');
  docker = new Docker({ socketPath: join(folder, 'socket') });
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Reads until it ends; aborted as soon as the engine has been asked. */
async function readUntilAborted(read: (signal: AbortSignal) => AsyncIterable<unknown>): Promise<unknown[]> {
  const stop = new AbortController();
  server.once('request', () => stop.abort('SIGTERM'));
  const got: unknown[] = [];
  try {
    for await (const item of read(stop.signal)) got.push(item);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  return got;
}

test.each([true, false])('the wait for the lines of a silent container ends (follow: %s)', async (follow) => {
  const container = docker.getContainer('silent');
  expect(await readUntilAborted((signal) => serviceLogs(async () => container, { follow }, signal))).toEqual([]);
});

test('the wait for the first event of an engine ends', async () => {
  expect(await readUntilAborted((signal) => changes(docker, 'abc', signal))).toEqual([]);
});
