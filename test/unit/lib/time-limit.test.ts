import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { timeLimit } from '../../../src/lib/time-limit.ts';

/** Starts a limit that nothing here holds but its signal. */
function limited(ms: number, outer: AbortSignal): AbortSignal {
  return timeLimit(ms, outer).signal;
}

test('a limit in time comes, whatever the garbage collector does meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const signal = limited(50, new AbortController().signal);
  for (let round = 0; round < 3; round += 1) {
    collect();
    await sleep(5);
  }
  if (!signal.aborted) await once(signal, 'abort');
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
}, 5_000);

test('it ends early with the outer signal, and says which it was', () => {
  const outer = new AbortController();
  using limit = timeLimit(60_000, outer.signal);
  outer.abort('SIGINT');
  expect(limit.signal.reason).toBe('SIGINT');
  expect(limit.isUp).toBe(false);
  expect(timeLimit(60_000, outer.signal).signal.aborted).toBe(true);
});
