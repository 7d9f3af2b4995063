// A real Docker Engine with real images for the tests, on a machine that has neither: Debian's own
// packages, unpacked into a cache, and images built from Debian packages under their official names.
// While another engine has the machine's network, one started here gets a network namespace of its own,
// and a port it publishes on 127.0.0.1 answers only inside: stop the other one, or run the tests through
// `nsenter --net=<netns>`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { debianMirror } from './apt-sources.ts';
import { engineVersion } from './engine-http.ts';
import { buildAndLoad, missingImages } from './images/load-images.ts';
import { withLock } from './lock.ts';
import { unpackPackages } from './packages.ts';

export { restartPrivateEngine, startPrivateEngine } from './private-engine.ts';

/** What the test suite and the examples use. `postgres:18` can be had too, from Debian sid. */
export const DEFAULT_IMAGES = ['postgres:17', 'redis:8', 'postgres:15', 'redis:7', 'node:20', 'devenv-test/http:1'];

const NEEDED_COMMANDS = ['apt-get', 'apt-config', 'dpkg', 'perl', 'tar', 'unshare', 'nsenter'];
const USUAL_HOST = 'unix:///var/run/docker.sock';

/** An engine that answers; a docker client on the PATH says nothing about that, so the socket is asked. */
export async function findEngine(): Promise<{ host: string; version: string } | undefined> {
  const host = process.env.DOCKER_HOST || USUAL_HOST;
  const version = await engineVersion(host);
  return version ? { host, version } : undefined;
}

export function canStartPrivateEngine(): { ok: true } | { ok: false; why: string } {
  if (process.platform !== 'linux') return { ok: false, why: 'the private engine needs Linux' };
  if (process.getuid?.() !== 0) return { ok: false, why: 'the private engine needs root' };
  const missing = NEEDED_COMMANDS.filter((command) => !isOnPath(command)).join(', ');
  if (missing)
    return {
      ok: false,
      why: `the private engine needs a Debian-like system; missing: ${missing}`,
    };
  if (!debianMirror()) return { ok: false, why: "no Debian mirror in this machine's apt sources" };
  return { ok: true };
}

/** Builds and loads those of the named images that the engine lacks. */
export async function ensureImages(host: string, names: string[] = DEFAULT_IMAGES): Promise<void> {
  if ((await missingImages(host, names)).length === 0) return;
  await withLock(async () => {
    const missing = await missingImages(host, names);
    if (missing.length > 0) await buildAndLoad(host, missing);
  });
}

/** The path of Compose 2.x, which also runs on its own: `docker-compose up -d --wait` with DOCKER_HOST set. */
export async function composeBinary(): Promise<string> {
  const prefix = await withLock(() => unpackPackages('compose', [{ suite: 'sid', packages: ['docker-compose'] }]));
  return join(prefix, 'usr/libexec/docker/cli-plugins/docker-compose');
}

/** The program of a registry, for tests that pull: run it with a configuration file on 127.0.0.1. */
export async function registryBinary(): Promise<string> {
  const prefix = await withLock(() =>
    unpackPackages('registry', [{ suite: 'bookworm', packages: ['docker-registry'] }]),
  );
  return join(prefix, 'usr/bin/docker-registry');
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command)));
}
