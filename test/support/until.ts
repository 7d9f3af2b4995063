import { setTimeout as sleep } from 'node:timers/promises';

/** The first value of `ask` that is neither null, undefined nor false. Fails with the name of what was waited for. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  ms = 30_000,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await ask();
    if (value !== null && value !== undefined && value !== false) {
      return value as Exclude<T, null | undefined | false>;
    }
    if (Date.now() > deadline) throw new Error(`waited ${ms / 1000} s in vain until ${what}`);
    await sleep(20);
  }
}
