import { randomUUID } from 'node:crypto';
import type { EventDelivery } from '../core/mocks.ts';
import { countDeliveries, toldDeliveries } from './deliveries.ts';
import { Exchange } from './exchange.ts';
import { faulty } from './faults/faulty.ts';
import { WaitingFaults } from './faults/waiting.ts';
import { Lives } from './lives.ts';
import { mounted } from './mounted.ts';
import { openLife, type Surroundings } from './open-life.ts';
import type { Leading, WhichDeliveries } from './protocol.ts';
import type { Call, Provider, ProviderName } from './provider.ts';
import { createRelays, type RelaySurroundings } from './relay/create-relays.ts';
import type { Mount } from './server/server.ts';
import type { MocksSpec } from './spec.ts';

/** The mocks of one environment; the data of the life that they lead can be exchanged. */
export interface Host extends AsyncDisposable {
  readonly mounts: readonly Mount[];
  /** Milliseconds since 1970, of the mocks' clock. */
  now(): Promise<number>;
  moveClock(toMs: number): Promise<void>;
  lead(life: Leading): Promise<void>;
  /** What the next calls are to meet; gone with the process, whatever life is led. */
  readonly faults: WaitingFaults;
  deliveries(which: WhichDeliveries): Promise<readonly EventDelivery[]>;
  countDeliveries(): Promise<Record<EventDelivery['state'], number>>;
  /** Tells an event once more to all who were told; false for one that nobody was told. */
  resend(event: string): Promise<boolean>;
}

type HostSurroundings = Omit<Surroundings, 'renew' | 'relays'> & RelaySurroundings;

/** Not yet listening. */
export async function openHost(spec: MocksSpec, around: HostSurroundings): Promise<Host> {
  const lives = new Lives(spec.folder);
  let isRenewing = false;
  const renew = (): void => {
    if (isRenewing) return;
    isRenewing = true;
    const renewed = life.change(async (old) => {
      await old[Symbol.asyncDispose]();
      return open();
    });
    renewed.catch(around.failed).finally(() => (isRenewing = false));
  };
  const open = async () => openLife(spec, await lives.journal(), { ...around, renew, relays });
  // These have no data, but begin anew with each life: the first answer to a call, the first recording of it.
  let relays = createRelays(spec, around);
  const life = new Exchange(await open());
  const faults = new WaitingFaults();
  const names = await life.use(({ providers }) => providers.map(({ name }) => name));
  const mountOf = (name: ProviderName): Mount => {
    const answer: Provider['answer'] = (call, left) =>
      life.use(({ providers }) => {
        const provider = find(providers, name);
        const fault = isOfApi(call) ? faults.take(name) : null;
        if (fault === null) return provider.answer(call, left);
        return faulty(fault, {
          ...{ provider: name, call },
          request: `req_${randomUUID()}`,
          answer: () => provider.answer(call, left),
        });
      });
    return mounted({ name, answer });
  };
  return {
    faults,
    deliveries: (which) => life.use(({ payments }) => toldDeliveries(payments?.deliveries() ?? [], which)),
    countDeliveries: () => life.use(({ payments }) => countDeliveries(payments?.deliveries() ?? [])),
    resend: (event) => life.use(({ payments }) => payments?.resend(event) ?? false),
    mounts: names.map(mountOf),
    now: () => life.use(({ clock }) => clock.now()),
    moveClock: (toMs) => life.use((current) => current.moveClock(toMs)),
    lead: async ({ life: next, same }) => {
      const led = { failure: null as { readonly error: unknown } | null };
      await life.change(async (old) => {
        await old[Symbol.asyncDispose]();
        await lives.lead(next, { same }).catch((error: unknown) => (led.failure = { error }));
        relays = createRelays(spec, around);
        return open();
      });
      // The one from before is led on, and open.
      if (led.failure) throw led.failure.error;
    },
    [Symbol.asyncDispose]: () => life.use(async (current) => current[Symbol.asyncDispose]()),
  };
}

/** A browser's question beforehand and the mock's own pages are none that an app's code makes. */
function isOfApi({ method, path }: Call): boolean {
  return method !== 'OPTIONS' && /^\/v\d+\//.test(path);
}

function find(providers: readonly Provider[], name: ProviderName): Provider {
  const found = providers.find((provider) => provider.name === name);
  if (!found) throw new Error(`no life lacks a provider, and this one lacks ${name}`);
  return found;
}
