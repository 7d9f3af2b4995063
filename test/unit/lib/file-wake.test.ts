import { once } from 'node:events';
import { watch } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FileWake } from '../../../src/lib/file-wake.ts';

let folder: string;
const ended = new AbortController();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-wake-'));
  // The clock stands still, so that only what happened to the file can wake.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

test('a change wakes, also in a folder that was removed and made anew', async () => {
  const inner = join(folder, 'service');
  const file = join(inner, 'log');
  await mkdir(inner);
  await writeFile(file, 'one\n');
  const wake = new FileWake(file);
  await wake.next(ended.signal);
  const change = async (how: () => Promise<void>): Promise<void> => {
    const told = wake.next(ended.signal);
    await how();
    await told;
  };
  await change(() => appendFile(file, 'two\n'));
  await change(() => rm(inner, { recursive: true }));
  await mkdir(inner);
  await writeFile(file, 'three\n');
  // What came before it was watched anew, nobody tells: it wakes at once.
  await wake.next(ended.signal);
  await change(() => appendFile(file, 'four\n'));
  wake.close();
});

test('a folder that comes later wakes, and so does what is in it', async () => {
  const inner = join(folder, 'environment', 'logs');
  const wake = new FileWake(join(inner, 'log'));
  await wake.next(ended.signal);
  const change = async (how: () => Promise<unknown>): Promise<void> => {
    const told = wake.next(ended.signal);
    await how();
    await told;
  };
  await change(() => mkdir(join(folder, 'environment')));
  // Of what is nearer now, the first is that it is watched.
  await wake.next(ended.signal);
  await change(() => mkdir(inner));
  await wake.next(ended.signal);
  await change(() => writeFile(join(inner, 'log'), 'one\n'));
  wake.close();
});

test('what else happens beside a folder that is awaited does not wake', async () => {
  const wake = new FileWake(join(folder, 'missing', 'log'));
  await wake.next(ended.signal);
  let woken = false;
  const next = wake.next(ended.signal).then(() => {
    woken = true;
  });
  const witness = watch(folder);
  const told = once(witness, 'change');
  await writeFile(join(folder, 'other'), '');
  await told;
  witness.close();
  expect(woken).toBe(false);
  vi.advanceTimersByTime(2_000);
  await next;
  wake.close();
});

test('an abort ends the wait', async () => {
  const stop = new AbortController();
  const wake = new FileWake(join(folder, 'log'));
  await wake.next(stop.signal);
  const next = wake.next(stop.signal);
  stop.abort();
  await expect(next).resolves.toBeUndefined();
  wake.close();
});
