import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { RuntimeName } from '../../src/core/stack.ts';
import { testedRuntimes } from './project.ts';

const TEMPLATE = join(import.meta.dirname, '..', '..', 'templates', 'shop');

/** The shop of `devenv demo` with its dependencies, installed once and copied as often as it is needed. */
export interface TeaShop extends AsyncDisposable {
  copyTo(folder: string): Promise<void>;
}

export async function installTeaShop(): Promise<TeaShop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dve-shop-')));
  await cp(TEMPLATE, folder, { recursive: true, filter: (source) => !source.includes('/node_modules') });
  await execa('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  return {
    copyTo: (other) => cp(folder, other, { recursive: true }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The same app in containers of a plain image: what it needs is told by each service's own `env`. */
const IN_CONTAINERS = `
runtime: docker
services:
  shop:
    image: node:20
    command: [node, /app/src/server.js]
    volumes: ["./:/app:ro"]
    ports: { http: 3000 }
    ready: { http: http/health }
    needs: [db, cache]
    env:
      DATABASE_URL: \${db.url}
      REDIS_URL: \${cache.url}
      PUBLIC_URL: \${shop.publicUrl}
      PORT: "3000"
      LISTEN_ON: 0.0.0.0
  worker:
    image: node:20
    command: [node, /app/src/worker.js]
    volumes: ["./:/app:ro"]
    needs: [db, cache]
    env: { DATABASE_URL: "\${db.url}", REDIS_URL: "\${cache.url}" }
processes: { migrate: null, web: null, worker: null }
env: { PUBLIC_URL: null }
mocks: { payments: { webhook: shop/webhooks/stripe } }
`;

/** A place where the shop runs, and what a local layer of its configuration says for it. */
interface Place {
  readonly place: string;
  readonly runtime: RuntimeName;
  /** The process or service that is the shop. */
  readonly app: string;
  readonly processes: readonly string[];
  readonly layer: string;
}

export const PLACES: readonly Place[] = [
  ...testedRuntimes.map((runtime) => ({
    place: `${runtime}, from host processes`,
    runtime,
    app: 'web',
    processes: ['mocks', 'migrate', 'web', 'worker'],
    layer: `runtime: ${runtime}\n`,
  })),
  ...testedRuntimes
    .filter((runtime) => runtime === 'docker')
    .map((runtime) => ({
      place: 'docker, from containers',
      runtime,
      app: 'shop',
      processes: ['mocks'],
      layer: IN_CONTAINERS,
    })),
];
