import { setTimeout as sleep } from 'node:timers/promises';
import { httpProbe, httpUrl, type Probe, tcpAddress, tcpProbe } from '../lib/probe.ts';
import { timeLimit } from '../lib/time-limit.ts';
import type { ProcessSpec } from './protocol.ts';

const PROBE_EVERY_MS = 50;
const TELLING_MS = 500;
/** Without a port there is nothing to ask: who has lived for this long found its program and its files. */
const SURVIVED_MS = 100;

export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'timed-out'; readonly why: string }
  | { readonly kind: 'aborted' };

/** Waits until a process that has just been started is ready, or too late, or no longer asked for. */
export async function untilReady(spec: Pick<ProcessSpec, 'port' | 'ready'>, signal: AbortSignal): Promise<Readiness> {
  const { port, ready } = spec;
  if (port === null) {
    await pause(SURVIVED_MS, signal);
    return signal.aborted ? { kind: 'aborted' } : { kind: 'ready' };
  }
  const url = ready.http === undefined ? null : httpUrl(port, ready.http);
  const last = await probeUntil(url ? httpProbe(url) : tcpProbe(port), ready.timeoutMs, signal);
  if (signal.aborted) return { kind: 'aborted' };
  if (last === null) return { kind: 'ready' };
  const asked = url ? `GET ${url}` : tcpAddress(port);
  return { kind: 'timed-out', why: `${asked}: ${last} for ${ready.timeoutMs / 1000} s` };
}

/** Null as soon as a probe succeeds, else what the last one found. */
async function probeUntil(probe: Probe, timeoutMs: number, signal: AbortSignal): Promise<string | null> {
  using time = timeLimit(timeoutMs, signal);
  const limit = time.signal;
  let last = 'no answer';
  while (!limit.aborted) {
    const began = Date.now();
    const found = await probe(limit);
    if (found === null) return null;
    // A probe that is cut off right after it began tells less than what the one before it found.
    if (!limit.aborted || Date.now() - began > TELLING_MS) last = found;
    await pause(PROBE_EVERY_MS, limit);
  }
  return last;
}

/** Ends early, without an error, when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
