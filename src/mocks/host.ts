import { join } from 'node:path';
import { VirtualClock } from './clock.ts';
import { Journal } from './journal.ts';
import { PREFIXES } from './keys.ts';
import { beginningOfDay, noteClock, replayClock } from './open-clock.ts';
import type { Provider, ProviderName } from './provider.ts';
import { CallLog } from './server/call-log.ts';
import type { Mount } from './server/server.ts';
import type { MocksSpec } from './spec.ts';

export interface Host extends AsyncDisposable {
  readonly clock: VirtualClock;
  readonly log: CallLog;
  readonly mounts: readonly Mount[];
  provider(name: ProviderName): Provider | undefined;
  moveClock(toMs: number): Promise<void>;
}

/** The mocks of one environment with what their journal says, not yet listening. */
export async function openHost(spec: MocksSpec, wallClock: () => number): Promise<Host> {
  const clock = new VirtualClock(0);
  const providers: Provider[] = [];
  const journal = await Journal.open(join(spec.folder, 'journal.ndjson'), (entry) => {
    replayClock(clock, entry);
  });
  if (clock.now() === 0) {
    clock.moveTo(spec.startMs ?? beginningOfDay(wallClock()));
    await noteClock(clock, journal);
  }
  return {
    clock,
    log: new CallLog(),
    mounts: providers.map((provider) => ({ prefix: PREFIXES[provider.name], provider })),
    provider: (name) => providers.find((provider) => provider.name === name),
    moveClock: async (toMs) => {
      for (const provider of providers) await provider.advance?.(toMs);
      clock.moveTo(toMs);
      await noteClock(clock, journal);
    },
    [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
  };
}
