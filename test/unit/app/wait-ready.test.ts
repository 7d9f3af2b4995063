import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { waitReady } from '../../../src/app/wait-ready.ts';
import type { Life, Runtime } from '../../../src/core/runtime.ts';
import { makeService } from '../../support/stack.ts';

/** Nothing about it can be probed: the runtime alone says whether it runs. */
const plain = makeService('x', { engine: 'container', ports: [], ready: null, url: null });

/** A runtime that gives these answers one after the other, then the last one for ever. */
function runtimeWith(lives: readonly Life[]) {
  let asked = 0;
  const runtime = { alive: async () => lives[Math.min(asked++, lives.length - 1)] } as unknown as Runtime;
  return { runtime, asked: () => asked };
}

const wait = (runtime: Runtime) => waitReady('id', plain, runtime, () => {}, AbortSignal.timeout(10_000));

it('takes what proves nothing for ready when the same run is there a moment later', async () => {
  const { runtime, asked } = runtimeWith([{ alive: true, run: '1' }]);
  await wait(runtime);
  expect(asked()).toBe(2);
});

it('goes on waiting for one that was started again meanwhile', async () => {
  const { runtime, asked } = runtimeWith([
    { alive: true, run: '1' },
    { alive: true, run: '2' },
  ]);
  await wait(runtime);
  // Two looks for each of the two runs, and maybe one between them.
  expect(asked()).toBeGreaterThanOrEqual(4);
});

it('refuses one that has ended meanwhile, with how', async () => {
  const { runtime } = runtimeWith([
    { alive: true, run: '1' },
    { alive: false, why: 'it ended with exit code 4' },
  ]);
  await expect(wait(runtime)).rejects.toThrow('x did not stay up: it ended with exit code 4');
});

it('says what keeps one from answering only when that takes long, each thing once', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const said: string[] = [];
    const { runtime } = runtimeWith([{ alive: true, run: '1' }]);
    const silent = makeService('cache', { engine: 'redis', ports: [{ name: 'main', container: 1, host: 1 }] });
    const given = new AbortController();
    const waiting = waitReady('id', silent, runtime, (why) => said.push(why), given.signal);
    await sleep(1_200);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(6_000);
    await sleep(1_200);
    given.abort();
    await expect(waiting).rejects.toThrow();
    expect(said).toEqual(['not ready yet: connection refused']);
  } finally {
    vi.useRealTimers();
  }
});
