import { join } from 'node:path';
import { isPassedOn, type Mode, PARTS, PROVIDERS } from '../../core/mocks.ts';
import type { RealKeys } from '../input.ts';
import type { Provider, ProviderName } from '../provider.ts';
import type { MocksSpec } from '../spec.ts';
import { createKeyless } from './no-key.ts';
import { originOf } from './origin.ts';
import { Recorder } from './recording/recorder.ts';
import { RecordingStore } from './recording/store.ts';
import { createRelay } from './relay.ts';
import { createReplay, type Pace } from './replay.ts';

export interface RelaySurroundings {
  /** Of the providers that calls are passed on to. */
  readonly realKeys: RealKeys;
  readonly failed: (error: unknown) => void;
  /** For the log, a line. */
  readonly tell: (message: string) => void;
}

/** Those that answer for the providers which aren't mocked: by passing calls on, or from what was recorded. */
export function createRelays(spec: MocksSpec, around: RelaySurroundings): readonly Provider[] {
  const wanted = PROVIDERS.filter((name) => spec[PARTS[name]] !== null);
  return wanted.flatMap((name) => {
    const mode = spec.modes[name];
    return mode === 'mock' ? [] : [createOne(name, mode, spec, around)];
  });
}

function createOne(
  name: ProviderName,
  mode: Exclude<Mode, 'mock'>,
  spec: MocksSpec,
  { realKeys, failed, tell }: RelaySurroundings,
): Provider {
  const minted = name === 'stripe' ? spec.keys.stripeSecret : spec.keys[name];
  const store = new RecordingStore(join(spec.recordings, name));
  if (!isPassedOn(mode)) return createReplay({ name, minted, store, pace: paceOf(name, spec), tell });
  const key = realKeys[name];
  if (key === undefined) return createKeyless(name);
  const recorder = mode === 'record' ? new Recorder(store) : null;
  return createRelay({ name, minted, key, origin: originOf(name, key, spec.upstreams[name]), recorder, failed });
}

/** A recording has no times, which would be others in each: the configured latency holds, an event counting as a token. */
function paceOf(name: ProviderName, { ai }: MocksSpec): Pace {
  const latency = name === 'stripe' ? undefined : ai?.latency;
  const perSecond = latency?.tokensPerSecond ?? null;
  return { firstMs: latency?.ttftMs ?? 0, nextMs: perSecond === null ? 0 : 1_000 / perSecond };
}
