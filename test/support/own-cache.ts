import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Label } from '../../src/core/labels.ts';
import { engineObjects, testEngine } from './engine-objects.ts';
import { dockerHost, type Machine, makeMachine } from './project.ts';

/** A machine whose cache is its own, for tests that clean up: with copies of the programs, which nobody wants to wait for. */
export async function machineWithOwnCache(extra: Readonly<Record<string, string>> = {}): Promise<Machine> {
  const cache = await mkdtemp(join(tmpdir(), 'dve-cache-'));
  await chmod(cache, 0o755);
  const machine = await makeMachine({ XDG_CACHE_HOME: cache, ...extra });
  const shared = join(tmpdir(), `devenv-test-cache-${process.getuid?.() ?? 0}`, 'devenv-cli', 'programs');
  const own = join(cache, 'devenv-cli', 'programs');
  await mkdir(own, { recursive: true, mode: 0o755 });
  await cp(shared, own, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true }).catch(() => {});
  const dispose = async (): Promise<void> => {
    await machine[Symbol.asyncDispose]();
    if (dockerHost?.startsWith('unix://')) await removeVolumes(join(cache, 'devenv-cli', 'docker-data'));
    await rm(cache, { recursive: true, force: true });
  };
  return { ...machine, [Symbol.asyncDispose]: dispose };
}

/** What was kept for other checkouts stays on the engine otherwise, and nobody knows of it any more. */
async function removeVolumes(store: string): Promise<void> {
  const { volumes } = await engineObjects(`${Label.store}=${store}`);
  for (const name of volumes) {
    // One that is just being copied in the background is still in use.
    await testEngine()
      .getVolume(name)
      .remove()
      .catch(() => {});
  }
}
