import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Machine, makeMachine } from './project.ts';

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
    await rm(cache, { recursive: true, force: true });
  };
  return { ...machine, [Symbol.asyncDispose]: dispose };
}
