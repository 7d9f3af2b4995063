import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/core/events.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Process } from '../../src/core/stack.ts';
import { environmentState } from '../../src/lib/paths.ts';
import { isSameProcess, processStart } from '../../src/lib/process-identity.ts';
import {
  connectSupervisor,
  endLeftovers,
  type SupervisorClient,
  startSupervisor,
} from '../../src/supervisor/client.ts';
import { recordsPath, supervisorLogPath } from '../../src/supervisor/locations.ts';
import { readLogs } from '../../src/supervisor/logs.ts';
import { observeProcesses } from '../../src/supervisor/observe.ts';
import { MAX_BODY_BYTES } from '../../src/supervisor/protocol.ts';
import { socketPath } from '../../src/supervisor/records.ts';
import { until } from '../support/until.ts';
import { freePort, tempFolder } from '../unit/supervisor/support.ts';

const signal = AbortSignal.timeout(110_000);
const SECRET = 'hunter2-from-the-vault';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let entry: string;
const started: string[] = [];

beforeAll(async () => {
  folder = await tempFolder();
  for (const name of ['state', 'run']) {
    await mkdir(join(folder.path, name));
    vi.stubEnv(name === 'run' ? 'XDG_RUNTIME_DIR' : 'XDG_STATE_HOME', join(folder.path, name));
  }
  const outdir = join(folder.path, 'dist');
  await build({
    entryPoints: { supervisor: 'src/supervisor/main.ts' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    outdir,
    platform: 'node',
    target: 'node20.19',
  });
  entry = join(outdir, 'supervisor.mjs');
});
afterEach(async () => {
  for (const id of started.splice(0)) {
    const client = await connectSupervisor(id);
    await client?.shutdown();
    await endLeftovers(id);
    const log = supervisorLogPath(environmentState(id));
    // No warning of Node's either.
    if (client && existsSync(log)) expect(readFileSync(log, 'utf8')).toBe('');
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder[Symbol.asyncDispose]();
});

function newId(): string {
  const id = `t${Math.random().toString(36).slice(2, 11)}`;
  started.push(id);
  return id;
}

async function startNew(): Promise<{ id: string; client: SupervisorClient }> {
  const id = newId();
  return { id, client: await startSupervisor(id, { entry, signal }) };
}

function processOf(name: string, line: string, parts: Partial<Process> = {}): Process {
  return {
    name,
    command: { line, cwd: folder.path },
    port: null,
    url: null,
    ready: { timeoutMs: 10_000 },
    needs: [],
    restart: 'on-failure',
    once: false,
    watch: [],
    env: { PATH: new Secret(process.env.PATH ?? ''), TOKEN: new Secret(SECRET) },
    ownSources: [],
    fingerprint: { command: line },
    ...parts,
  };
}

/** Kills a supervisor without notice and waits until it is gone. */
async function killHard(client: SupervisorClient): Promise<void> {
  const { pid } = await client.state();
  const start = (await processStart(pid)) ?? '';
  process.kill(pid, 'SIGKILL');
  await vi.waitUntil(async () => !(await isSameProcess(pid, start)), { interval: 5 });
}

async function lines(id: string, name: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { line } of readLogs(id, name, { follow: false }, signal)) found.push(line);
  return found;
}

function memoryMb(pid: number, key: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1]) / 1024);
}

describe('the supervisor', () => {
  it('starts at once, is small, and can be reached by its owner only', async () => {
    const id = newId();
    expect(await connectSupervisor(id)).toBeNull();
    const began = performance.now();
    const client = await startSupervisor(id, { entry, signal });
    const ms = Math.round(performance.now() - began);
    const state = await client.state();
    expect(state).toMatchObject({ environment: id, version: 1, processes: [], startedAt: expect.stringMatching(/Z$/) });
    expect(statSync(socketPath(id)).mode & 0o777).toBe(0o600);
    expect(statSync(environmentState(id)).mode & 0o777).toBe(0o700);
    expect(statSync(recordsPath(environmentState(id))).mode & 0o777).toBe(0o600);
    await client.start(processOf('web', 'exec sleep 60'));
    await client.waitReady('web', signal);
    if (process.platform === 'linux') {
      console.log(`supervisor: ready after ${ms} ms, ${memoryMb(state.pid, 'VmRSS')} MB with one process`);
      expect(memoryMb(state.pid, 'VmRSS')).toBeLessThan(60);
      const variables = readFileSync(`/proc/${state.pid}/environ`, 'utf8').split('\0');
      expect(variables.filter((name) => /^(VITEST|NODE_)/.test(name))).toEqual([]);
    }
  });

  it('waits until a process is ready or done, and says why one never will be', async () => {
    const { client } = await startNew();
    const port = await freePort();
    const line = `exec ${process.execPath} -e 'require("http").createServer((q, s) => s.end()).listen(${port}, "127.0.0.1")'`;
    const url = `http://127.0.0.1:${port}`;
    await client.start(processOf('web', line, { port, url, ready: { http: '/', timeoutMs: 10_000 } }));
    expect(await client.waitReady('web', signal)).toMatchObject({
      state: 'ready',
      url,
      fingerprint: { command: line },
    });
    await client.start(processOf('migrate', 'sleep 0.1', { once: true }));
    expect(await client.waitReady('migrate', signal)).toMatchObject({ state: 'done', pid: null });
    await client.start(processOf('bad', 'exit 7', { restart: 'no' }));
    await expect(client.waitReady('bad', signal)).rejects.toThrow('bad is not ready: exited with 7');
    await client.start(processOf('crash', 'exit 1'));
    await expect(client.waitReady('crash', signal)).rejects.toThrow('exited with 1, 5 times in a row');
    await expect(client.waitReady('nobody', signal)).rejects.toThrow('there is no process nobody');
    const unready = { port: await freePort(), ready: { timeoutMs: 1200 } };
    await client.start(processOf('mute', 'exec sleep 60', unready));
    await expect(client.waitReady('mute', signal)).rejects.toThrow('connection refused for 1.2 s');
    await client.start(processOf('slow', 'exec sleep 60', { port: await freePort() }));
    await expect(client.waitReady('slow', AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('sends events: the states there are, then what happens', async () => {
    const { client } = await startNew();
    await client.start(processOf('web', '', { command: command() }));
    await client.waitReady('web', signal);
    const stop = new AbortController();
    const seen: Event[] = [];
    for await (const event of client.events(stop.signal)) {
      seen.push(event);
      if (seen.length === 1) writeFileSync(join(folder.path, 'go'), 'hello\n');
      if (event.type === 'log') void client.stop('web');
      if (event.type === 'process' && event.state === 'stopped') stop.abort();
    }
    expect(seen[0]).toMatchObject({ type: 'process', name: 'web', state: 'ready', pid: expect.any(Number) });
    expect(seen).toContainEqual({ type: 'log', source: 'web', stream: 'out', time: expect.any(String), line: 'hello' });
    expect(seen.at(-1)).toMatchObject({ type: 'process', name: 'web', state: 'stopped', pid: null, url: null });
  });

  function command(): Process['command'] {
    rmSync(join(folder.path, 'go'), { force: true });
    const line = `mkfifo go; read -r word < go; echo "$word"; exec sleep 60`;
    return { line, cwd: folder.path };
  }

  it('loses nothing when it is killed: the next one ends what was left, wherever it hides', async () => {
    const { id, client } = await startNew();
    await client.start(processOf('web', 'setsid sleep 601 & sleep 602 & exec sleep 603'));
    await client.start(processOf('api', 'exec sleep 604'));
    const { pid } = await client.waitReady('web', signal);
    await client.waitReady('api', signal);
    await killHard(client);

    expect(await connectSupervisor(id)).toBeNull();
    const observed = await observeProcesses(id);
    expect(observed).toMatchObject({ supervisor: false, leftovers: true });
    expect(observed.processes.find(({ name }) => name === 'web')).toMatchObject({
      state: 'failed',
      pid,
      fingerprint: { command: expect.stringContaining('setsid') },
    });
    expect(existsSync(socketPath(id))).toBe(true);
    expect((await endLeftovers(id)).sort()).toEqual(['api', 'web']);
    expect(marked(id)).toEqual([]);
    expect(existsSync(socketPath(id))).toBe(false);
    expect(await observeProcesses(id)).toEqual({ supervisor: false, processes: [], leftovers: false });
  });

  it('ends what was left before it starts anew; the log goes on', async () => {
    const { id, client } = await startNew();
    await client.start(processOf('web', 'echo first; exec sleep 605'));
    await client.waitReady('web', signal);
    await killHard(client);
    const followed = readLogs(id, 'web', { follow: true }, signal)[Symbol.asyncIterator]();
    expect((await followed.next()).value).toMatchObject({ line: 'first' });
    const [a, b] = await Promise.all([1, 2].map(() => startSupervisor(id, { entry, signal })));
    expect(marked(id)).toEqual([]);
    expect((await a?.state())?.pid).toBe((await b?.state())?.pid);
    await a?.start(processOf('web', 'echo second; exec sleep 606'));
    expect((await followed.next()).value).toMatchObject({ line: 'second' });
    await followed.return?.();
  });

  it('leaves a stranger alone who has got the pid of a process on record', async () => {
    const { id, client } = await startNew();
    await client.start(processOf('web', 'exec sleep 607'));
    await client.waitReady('web', signal);
    await killHard(client);
    const stranger = spawn('sleep', ['608'], { detached: true, stdio: 'ignore' });
    try {
      const file = recordsPath(environmentState(id));
      const records = JSON.parse(readFileSync(file, 'utf8'));
      const other = { name: 'other', pid: stranger.pid, start: '1', fingerprint: {} };
      writeFileSync(file, JSON.stringify({ ...records, processes: [...records.processes, other] }));
      expect(await endLeftovers(id)).toEqual(['web']);
      expect(await processStart(stranger.pid as number)).not.toBeNull();
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  it('ends one whose socket has vanished, with its processes', async () => {
    const { id, client } = await startNew();
    await client.start(processOf('web', 'exec sleep 609'));
    const { pid } = await client.state();
    rmSync(socketPath(id));
    const again = await startSupervisor(id, { entry, signal });
    expect((await again.state()).pid).not.toBe(pid);
    expect(await processStart(pid)).toBeNull();
    expect(marked(id)).toEqual([]);
  });

  it('stops everything on request or on SIGTERM, and goes when its last process was stopped', async () => {
    for (const end of ['shutdown', 'SIGTERM', 'stop'] as const) {
      const { id, client } = await startNew();
      await client.start(processOf('web', 'exec sleep 610'));
      await client.waitReady('web', signal);
      const { pid } = await client.state();
      if (end === 'shutdown') await client.shutdown();
      else if (end === 'SIGTERM') process.kill(pid, 'SIGTERM');
      else await client.stop('web');
      await vi.waitUntil(async () => (await processStart(pid)) === null, { timeout: 5000, interval: 10 });
      expect(marked(id)).toEqual([]);
      expect(existsSync(socketPath(id))).toBe(false);
      expect(readdirSync(environmentState(id))).not.toContain('processes.json');
    }
  });

  it('tells what it died of when it does not start', async () => {
    const broken = join(folder.path, 'broken.mjs');
    writeFileSync(broken, 'throw new Error("no room on this machine")');
    await expect(startSupervisor(newId(), { entry: broken, signal })).rejects.toThrow('no room on this machine');
  });

  it('refuses a folder for sockets that is a stranger’s', async () => {
    const run = join(folder.path, 'run2');
    await mkdir(run);
    writeFileSync(join(run, 'devenv-cli'), '');
    const before = process.env.XDG_RUNTIME_DIR;
    vi.stubEnv('XDG_RUNTIME_DIR', run);
    try {
      await expect(connectSupervisor('any')).rejects.toThrow('is not a folder of this user');
    } finally {
      vi.stubEnv('XDG_RUNTIME_DIR', before);
    }
  });

  it.each(['another', ''])('is found with XDG_RUNTIME_DIR set to %j too, as cron and sudo do', async (other) => {
    const { id, client } = await startNew();
    const before = process.env.XDG_RUNTIME_DIR;
    vi.stubEnv('XDG_RUNTIME_DIR', other && join(folder.path, other));
    try {
      const again = await startSupervisor(id, { entry, signal });
      expect((await again.state()).pid).toBe((await client.state()).pid);
      expect((await observeProcesses(id)).supervisor).toBe(true);
    } finally {
      vi.stubEnv('XDG_RUNTIME_DIR', before);
    }
  });

  it('refuses malformed requests and lives on', async () => {
    const { id, client } = await startNew();
    expect(await send(id, 'GET', '/nothing')).toBe(404);
    expect(await send(id, 'DELETE', '/state')).toBe(404);
    expect(await send(id, 'GET', '/processes/a/b/c')).toBe(404);
    expect(await send(id, 'POST', '/processes/nobody/stop')).toBe(404);
    expect(await send(id, 'PUT', '/processes/%ff', '{}')).toBe(400);
    expect(await send(id, 'PUT', '/processes/web', '{"command"')).toBe(400);
    expect(await send(id, 'PUT', '/processes/web', 'null')).toBe(400);
    expect(await send(id, 'PUT', '/processes/web', 'x'.repeat(MAX_BODY_BYTES + 1))).toBe(413);
    await new Promise<void>((resolve) => {
      const socket = connect(socketPath(id), () => socket.write('no http at all\r\n\r\n'));
      socket.on('error', () => {}).on('close', () => resolve());
      socket.resume();
    });
    expect((await client.state()).processes).toEqual([]);
  });

  it('keeps names from leading out of its folders', async () => {
    const { id, client } = await startNew();
    const name = '../../outside';
    await client.start(processOf(name, 'echo hi', { once: true }));
    await client.waitReady(name, signal);
    expect(await lines(id, name)).toEqual(['hi']);
    expect(readdirSync(join(environmentState(id), 'logs'))).toEqual([`${encodeURIComponent(name)}.log`]);
  });

  it('never writes or tells a secret', async () => {
    const { id, client } = await startNew();
    const stop = new AbortController();
    const events = collect(client, stop.signal);
    await client.start(processOf('web', 'test -n "$TOKEN" && echo given; exec sleep 60'));
    await client.waitReady('web', signal);
    await client.start(processOf('bad', 'exit 1', { restart: 'no', command: { line: 'true', cwd: '/nowhere' } }));
    await expect(client.waitReady('bad', signal)).rejects.toThrow('/nowhere');
    expect(await send(id, 'PUT', '/processes/bad', `{"env": {"TOKEN": "${SECRET}"`)).toBe(400);
    expect(await lines(id, 'web')).toEqual(['given']);
    stop.abort();
    expect(JSON.stringify([await events, await client.state()])).not.toContain(SECRET);
    const files = readdirSync(environmentState(id), { recursive: true, encoding: 'utf8' });
    for (const file of files.map((name) => join(environmentState(id), name))) {
      if (statSync(file).isFile()) expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
    }
  });

  it('gives what is only for its input at each start, and in none of its variables', async () => {
    const { id, client } = await startNew();
    const line = 'read -r given; test "$given" = "$(cat wanted)" && echo same; env; exec sleep 60';
    writeFileSync(join(folder.path, 'wanted'), `${SECRET}\n`);
    const changed = { command: { line, cwd: folder.path }, env: { PATH: new Secret(process.env.PATH ?? '') } };
    await client.start({ ...processOf('web', line, changed), input: new Secret(`${SECRET}\n`) });
    const starts = async () => (await lines(id, 'web')).filter((said) => said === 'same').length;
    await until('it has begun', async () => (await starts()) === 1);
    await client.restart('web');
    await until('it has begun again', async () => (await starts()) === 2);
    expect(JSON.stringify([await client.state(), await lines(id, 'web')])).not.toContain(SECRET);
    expect(readFileSync(recordsPath(environmentState(id)), 'utf8')).not.toContain(SECRET);
  });

  it.each([9, 40, 2_000])(
    'keeps to its memory under a flood of lines of %d, with a reader who never reads',
    async (length) => {
      const { id, client } = await startNew();
      const { pid } = await client.state();
      const reader = request({ socketPath: socketPath(id), path: '/events' }, (response) => response.pause()).end();
      const began = performance.now();
      await client.start(
        processOf('web', `yes ${'x'.repeat(length)} | head -c 100000000; echo; echo end`, { once: true }),
      );
      await client.waitReady('web', signal);
      const seconds = (performance.now() - began) / 1000;
      reader.destroy();
      const state = environmentState(id);
      expect(statSync(join(state, 'logs', 'web.log.1')).size).toBeGreaterThan(9_000_000);
      const last = readLogs(id, 'web', { follow: false, tail: 1 }, signal);
      for await (const { line } of last) expect(line).toBe('end');
      if (process.platform === 'linux') {
        console.log(`supervisor: 100 MB of output in ${seconds.toFixed(1)} s, at most ${memoryMb(pid, 'VmHWM')} MB`);
        expect(memoryMb(pid, 'VmHWM')).toBeLessThan(60);
      }
    },
  );
});

async function collect(client: SupervisorClient, until: AbortSignal): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of client.events(until)) events.push(event);
  return events;
}

function send(id: string, method: string, path: string, body?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: socketPath(id), method, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Pids of living processes that carry the mark of an environment. */
function marked(id: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      const living = !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
      return living && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DVE_ENVIRONMENT=${id}`);
    } catch {
      return false;
    }
  });
}
