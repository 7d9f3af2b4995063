import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RecordBook } from '../../../src/supervisor/records.ts';
import { processesWith } from '../../support/processes.ts';
import { freePort, isAlive, makeRig, specOf } from './support.ts';

const node = (code: string): string => `exec ${process.execPath} -e '${code}'`;
const http = (port: number, status = 200): string =>
  node(`require("http").createServer((q, s) => { s.statusCode = q.url === "/health" ? ${status} : 404; s.end() })
    .listen(${port}, "127.0.0.1")`);

describe('Supervisor', { timeout: 20_000 }, () => {
  it('is ready when the health check answers, and passes exactly the given variables', async () => {
    await using rig = await makeRig();
    const port = await freePort();
    const spec = specOf('web', `env | sort; ${http(port)}`, { port, ready: { http: '/health', timeoutMs: 10_000 } });
    await rig.supervisor.start({ ...spec, env: { PATH: process.env.PATH ?? '', KEY: 'a b' } });
    await rig.events.state('web', 'ready');
    expect(rig.events.states('web')).toEqual(['starting', 'ready']);
    const names = rig.events.all.flatMap((event) => (event.type === 'log' ? event.line.split('=')[0] : []));
    expect(names.filter((name) => name !== 'OLDPWD')).toEqual(['DVE_ENVIRONMENT', 'DVE_PROCESS', 'KEY', 'PATH', 'PWD']);
    await rig.supervisor.stop('web');
    expect(rig.supervisor.statuses).toMatchObject([{ state: 'stopped', pid: null }]);
  });

  it('is ready when the port accepts, and without a port when it has survived', async () => {
    await using rig = await makeRig();
    const port = await freePort();
    await rig.supervisor.start(
      specOf('tcp', node(`require("net").createServer().listen(${port}, "127.0.0.1")`), { port }),
    );
    await rig.supervisor.start(specOf('none', 'exec sleep 60'));
    await rig.events.state('tcp', 'ready');
    await rig.events.state('none', 'ready');
  });

  it('says why one is not ready in time, and where it listens instead', async () => {
    await using rig = await makeRig();
    const [port, other, bad, mute] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    const ready = { http: '/health', timeoutMs: 1000 };
    await rig.supervisor.start(specOf('web', http(other), { port, ready }));
    await rig.supervisor.start(specOf('bad', http(bad, 503), { port: bad, ready }));
    const silent = node(`require("net").createServer().listen(${mute}, "127.0.0.1")`);
    await rig.supervisor.start(specOf('mute', silent, { port: mute, ready }));
    expect((await rig.events.state('mute', 'failed')).why).toMatch(/no answer for 1 s/);
    const { why } = await rig.events.state('web', 'failed');
    const refused = `GET http://127.0.0.1:${port}/health: connection refused for 1 s`;
    expect(why).toBe(process.platform === 'linux' ? `${refused}; it listens on 127.0.0.1:${other}` : refused);
    expect((await rig.events.state('bad', 'failed')).why).toMatch(/answered 503 for 1 s/);
  });

  it('says in words that the disk is full, and leaves nothing running that it could not note', async () => {
    await using rig = await makeRig();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const add = vi.spyOn(RecordBook.prototype, 'add').mockImplementation(() => {
      throw full;
    });
    onTestFinished(() => add.mockRestore());
    await rig.supervisor.start(specOf('web', 'exec sleep 61'));
    expect((await rig.events.state('web', 'failed')).why).toBe('the disk is full (write)');
    expect(await processesWith(`DVE_ENVIRONMENT=${rig.environment}`)).toEqual([]);
  });

  it('does not take a stranger on its port for the process', async () => {
    await using rig = await makeRig();
    const stranger = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => stranger.once('listening', resolve));
    const { port } = stranger.address() as { port: number };
    await rig.supervisor.start(specOf('web', 'exec sleep 60', { port }));
    expect((await rig.events.state('web', 'failed')).why).toBe(`port ${port} is taken by another program`);
    stranger.close();
  });

  it('runs a process once', async () => {
    await using rig = await makeRig();
    await rig.supervisor.start(specOf('good', 'echo hi; sleep 0.2', { once: true, restart: 'always' }));
    await rig.supervisor.start(specOf('bad', 'exit 3', { once: true, restart: 'always' }));
    expect((await rig.events.state('good', 'done')).why).toBe('exited with 0');
    expect((await rig.events.state('bad', 'failed')).why).toBe('exited with 3');
    expect(rig.events.states('good')).toEqual(['starting', 'done']);
  });

  it('starts a failing one again, ever later, and gives up', async () => {
    await using rig = await makeRig();
    await rig.supervisor.start(specOf('web', 'exit 1', { restart: 'on-failure' }));
    expect((await rig.events.state('web', 'failed')).why).toBe('exited with 1, 5 times in a row');
    const pauses = rig.events.all.flatMap((event) =>
      event.type === 'process' && event.state === 'backoff' ? [event.why?.slice(-5)] : [],
    );
    expect(pauses).toEqual(['0.1 s', '0.2 s', '0.4 s', '0.8 s']);
    expect(rig.supervisor.statuses[0]?.restarts).toBe(4);
  });

  it('starts one again that a signal ended', async () => {
    await using rig = await makeRig();
    await rig.supervisor.start(specOf('web', 'exec sleep 60', { restart: 'on-failure' }));
    const { pid } = await rig.events.state('web', 'ready');
    const before = rig.events.all.length;
    process.kill(pid as number, 'SIGKILL');
    expect((await rig.events.state('web', 'backoff')).why).toBe('ended by SIGKILL, again after 0.1 s');
    expect((await rig.events.state('web', 'ready', before)).pid).not.toBe(pid);
  });

  it('says what keeps one from starting', async () => {
    await using rig = await makeRig();
    await rig.supervisor.start(specOf('web', 'true', { command: { line: 'true', cwd: '/nowhere' } }));
    expect((await rig.events.state('web', 'failed')).why).toBe('there is no folder /nowhere');
  });

  it('starts one again when a file changes, even one that has failed', async () => {
    await using rig = await makeRig();
    const file = join(rig.folder, 'app.sh');
    writeFileSync(file, 'exit 1');
    const command = { line: `. ${file}`, cwd: rig.folder };
    await rig.supervisor.start(specOf('web', '', { command, watch: ['*.sh'] }));
    await rig.events.state('web', 'failed');
    const ready = rig.events.state('web', 'ready');
    for (let waiting = true; waiting; ) {
      writeFileSync(file, 'sleep 60');
      waiting = await Promise.race([ready.then(() => false), sleep(400).then(() => true)]);
    }
    const starts = rig.events.all.filter((event) => event.type === 'process' && event.state === 'starting');
    expect(starts.at(-1)).toMatchObject({ why: 'app.sh changed' });
  });

  it('ends grandchildren too, also those that resist or have left the group', async () => {
    await using rig = await makeRig(300);
    const line = '(trap "" TERM; sleep 71 & echo $!; wait; wait) & setsid sleep 72 & echo $!; sleep 0.1; echo up; wait';
    await rig.supervisor.start(specOf('web', line));
    await rig.events.line('up');
    const lines = rig.events.all.flatMap((event) => (event.type === 'log' ? [event.line] : []));
    const pids = lines.filter((text) => text !== 'up').map(Number);
    expect(pids).toHaveLength(2);
    await rig.supervisor.stop('web');
    for (const pid of pids) expect(await isAlive(pid)).toBe(false);
  });

  it('leaves nothing of a run behind when the process ends by itself', async () => {
    await using rig = await makeRig();
    await rig.supervisor.start(specOf('web', 'sleep 74 & echo $!; exit 1'));
    const { line } = await rig.events.line(/^\d+$/);
    await rig.events.state('web', 'failed');
    expect(await isAlive(Number(line))).toBe(false);
  });

  it('has a process on record while it runs, without its variables', async () => {
    await using rig = await makeRig();
    const env = { PATH: process.env.PATH ?? '', TOKEN: 'hunter2' };
    await rig.supervisor.start(specOf('web', 'exec sleep 60', { env, fingerprint: { command: 'x' } }));
    const { pid } = await rig.events.state('web', 'ready');
    const text = readFileSync(join(rig.folder, 'processes.json'), 'utf8');
    expect(JSON.parse(text).processes).toEqual([
      { name: 'web', pid, start: expect.any(String), fingerprint: { command: 'x' } },
    ]);
    expect(text).not.toContain('hunter2');
    await rig.supervisor.stop('web');
    expect(JSON.parse(readFileSync(join(rig.folder, 'processes.json'), 'utf8')).processes).toEqual([]);
  });

  it('keeps both streams, the last line without an end, and what a script sends to /dev/stderr', async () => {
    await using rig = await makeRig();
    const line = 'echo one; echo two > /dev/stderr; echo three > /dev/stdout; printf "fo\\303\\274r"';
    await rig.supervisor.start(specOf('web', line, { once: true }));
    await rig.events.state('web', 'done');
    const logged = readFileSync(join(rig.folder, 'logs', 'web.log'), 'utf8')
      .trim()
      .split('\n');
    const streams = logged.map((entry) => entry.split(' ').slice(1).join(' ')).sort();
    expect(streams).toEqual(['err two', 'out foür', 'out one', 'out three']);
  });

  it('replaces one of the same name, also when two do so at once', async () => {
    await using rig = await makeRig();
    await rig.supervisor.start(specOf('web', 'exec sleep 81'));
    const { pid } = await rig.events.state('web', 'ready');
    const lines = ['82', '83'].map((time) => `echo ${time}; exec sleep ${time}`);
    await Promise.all(lines.map((line) => rig.supervisor.start(specOf('web', line, { fingerprint: { line } }))));
    await rig.events.line('83');
    expect(await isAlive(pid as number)).toBe(false);
    expect(rig.supervisor.statuses).toMatchObject([{ state: 'starting', fingerprint: { line: lines[1] } }]);
  });

  it('restarts, stops in the middle of a pause, forgets', async () => {
    await using rig = await makeRig();
    await rig.supervisor.start(specOf('web', 'sleep 0.2; exit 1', { restart: 'always' }));
    await rig.events.state('web', 'backoff');
    await rig.supervisor.stop('web');
    expect(rig.supervisor.isIdle).toBe(true);
    await rig.supervisor.restart('web');
    expect(rig.supervisor.statuses[0]).toMatchObject({ state: 'starting', restarts: expect.any(Number) });
    await rig.supervisor.remove('web');
    expect(rig.supervisor.statuses).toEqual([]);
    await expect(rig.supervisor.stop('web')).rejects.toThrow('there is no process web');
  });
});
