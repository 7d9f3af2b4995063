import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { processStart } from '../../../src/lib/process-identity.ts';
import { ENVIRONMENT_MARK, endOwned, findOwned, PROCESS_MARK } from '../../../src/supervisor/owned.ts';
import { isAlive } from './support.ts';

const ENVIRONMENT = `owned-${process.pid}`;

async function start(line: string, env: Record<string, string> = {}): Promise<ChildProcess & { pid: number }> {
  const options = { detached: true, stdio: ['ignore', 'pipe', 'ignore'] as const, env: { ...process.env, ...env } };
  const child = spawn('/bin/sh', ['-c', line], { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout as NodeJS.EventEmitter, 'data');
  return child as ChildProcess & { pid: number };
}

describe('endOwned', () => {
  it('ends a group, by force where it must', async () => {
    const child = await start('trap "" TERM; sleep 60 & echo up; wait; wait');
    const leaders = [{ pid: child.pid, start: (await processStart(child.pid)) ?? '' }];
    const owned = { environment: ENVIRONMENT, leaders };
    expect(findOwned(owned)).toHaveLength(2);
    expect(await endOwned(owned, 100)).toEqual([]);
    expect(await isAlive(child.pid)).toBe(false);
  });

  it('leaves a process alone that has got the pid of one on record', async () => {
    const stranger = await start('echo up; sleep 60');
    try {
      const owned = { environment: ENVIRONMENT, leaders: [{ pid: stranger.pid, start: '1' }] };
      expect(findOwned(owned)).toEqual([]);
      expect(await endOwned(owned, 100)).toEqual([]);
      expect(await isAlive(stranger.pid)).toBe(true);
    } finally {
      process.kill(-stranger.pid, 'SIGKILL');
    }
  });

  it.runIf(process.platform === 'linux')('finds by mark what left its group, and only of the one process', async () => {
    const mark = (name: string) => ({ [ENVIRONMENT_MARK]: ENVIRONMENT, [PROCESS_MARK]: name });
    const web = await start('setsid sleep 61 & echo up; wait', mark('web'));
    const api = await start('echo up; exec sleep 62', mark('api'));
    try {
      const found = () => findOwned({ environment: ENVIRONMENT, process: 'web', leaders: [] });
      // It takes setsid a moment to leave the group.
      await vi.waitUntil(() => new Set(found().map((entry) => entry.group)).size === 2, { interval: 5 });
      expect(found().map((entry) => entry.mark)).toEqual(['web', 'web']);
      await endOwned({ environment: ENVIRONMENT, process: 'web', leaders: [] }, 1000);
      expect(await isAlive(web.pid)).toBe(false);
      expect(await isAlive(api.pid)).toBe(true);
    } finally {
      await endOwned({ environment: ENVIRONMENT, leaders: [] }, 0);
    }
    expect(await isAlive(api.pid)).toBe(false);
  });
});
