import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../core/errors.ts';
import { type ListedEnvironment, type LsOptions, ls } from './ls.ts';

/** A look at every environment, or why this one failed. */
export type Look = { readonly found: readonly ListedEnvironment[] } | { readonly problem: string };

const EVERY_MS = 2_000;
/** Measuring takes a second of the engine's. */
const SIZES_EVERY_MS = 10_000;

/** Looks again and again until the signal is aborted. Throws only when the first look fails. */
export async function* watchLs(options: LsOptions, signal: AbortSignal): AsyncIterable<Look> {
  const everyMs = options.sizes ? SIZES_EVERY_MS : EVERY_MS;
  let first = true;
  while (!signal.aborted) {
    const look = await orAborted(lookAt(options, first), signal);
    if (look === null) return;
    yield look;
    first = false;
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}

async function lookAt(options: LsOptions, first: boolean): Promise<Look> {
  try {
    return { found: (await ls(options)).environments };
  } catch (error) {
    if (first) throw error;
    return { problem: messageOf(error) };
  }
}

/** An engine that hangs keeps nobody from leaving. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const over = new AbortController();
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}
