import type { EventDelivery } from '../core/mocks.ts';
import { Draws } from '../lib/draws.ts';
import { countDeliveries, toldDeliveries } from './deliveries.ts';
import { Exchange } from './exchange.ts';
import { faulty } from './faults/faulty.ts';
import { WaitingFaults } from './faults/waiting.ts';
import { Lives } from './lives.ts';
import { mounted } from './mounted.ts';
import { openLife, type Surroundings } from './open-life.ts';
import type { Leading, MocksState, WhichDeliveries } from './protocol.ts';
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
  /** Goes over to the life that is said to be led, where that was said after this one was opened. */
  catchUp(): Promise<void>;
  lead(life: Leading): Promise<void>;
  /** What the next calls are to meet; gone with the process, whatever life is led. */
  readonly faults: WaitingFaults;
  budget(): Promise<MocksState['budget']>;
  deliveries(which: WhichDeliveries): Promise<readonly EventDelivery[]>;
  countDeliveries(): Promise<Record<EventDelivery['state'], number>>;
  /** Tells an event once more to all who were told; false for one that nobody was told. */
  resend(event: string): Promise<boolean>;
}

type HostSurroundings = Omit<Surroundings, 'renew'> & RelaySurroundings;

/** Not yet listening. */
export async function openHost(spec: MocksSpec, around: HostSurroundings): Promise<Host> {
  const lives = new Lives(spec.folder);
  /** Closes the life that is led, has something done, and opens the one that is led then: also where that has failed. */
  const reopen = async (meanwhile: () => Promise<void>): Promise<void> => {
    let outcome = Promise.resolve();
    await life.change(async (old) => {
      await old?.[Symbol.asyncDispose]();
      outcome = meanwhile();
      await outcome.catch(() => {});
      return open();
    });
    await outcome;
  };
  let isRenewing = false;
  const renew = (): void => {
    if (isRenewing) return;
    isRenewing = true;
    reopen(async () => {})
      .catch(around.failed)
      .finally(() => (isRenewing = false));
  };
  let led: string | null = null;
  const open = async () => {
    led = await lives.live();
    return openLife(spec, await lives.journal(), { ...around, renew });
  };
  // These have no data, but begin anew with each life: the first answer to a call, the first recording of it. A call that
  // is passed on may take minutes, so that no life waits for it.
  let relays = createRelays(spec, around);
  const life = new Exchange(await open(), open);
  const faults = new WaitingFaults();
  const draws = new Draws(spec.seed, 'fail next');
  let failed = 0;
  const requestId = () => `req_${draws.at(failed++).unit().toString(36).slice(2, 16)}`;
  const names = await life.use(({ providers }) => [...providers, ...relays].map(({ name }) => name));
  const mountOf = (name: ProviderName): Mount => {
    const answered: Provider['answer'] = (call, left) => {
      const relay = relays.find((one) => one.name === name);
      return relay ? relay.answer(call, left) : life.use(({ providers }) => find(providers, name).answer(call, left));
    };
    const answer: Provider['answer'] = (call, left) => {
      const fault = isOfApi(call) ? faults.take(name) : null;
      if (fault === null) return answered(call, left);
      return faulty(fault, {
        ...{ provider: name, call },
        request: requestId(),
        answer: () => answered(call, left),
      });
    };
    return mounted({ name, answer });
  };
  return {
    faults,
    budget: async () => {
      const tokens = spec.ai?.budget?.tokens;
      return tokens === undefined ? null : { tokens, used: await life.use(({ tokensUsed }) => tokensUsed()) };
    },
    deliveries: (which) => life.use(({ payments }) => toldDeliveries(payments?.deliveries() ?? [], which)),
    countDeliveries: () => life.use(({ payments }) => countDeliveries(payments?.deliveries() ?? [])),
    resend: (event) => life.use(({ payments }) => payments?.resend(event) ?? false),
    mounts: names.map(mountOf),
    now: () => life.use(({ clock }) => clock.now()),
    moveClock: (toMs) => life.use((current) => current.moveClock(toMs)),
    catchUp: async () => {
      if ((await lives.live()) !== led) renew();
    },
    lead: ({ life: next, same }) =>
      reopen(async () => {
        relays = createRelays(spec, around);
        failed = 0;
        await lives.lead(next, { same });
      }),
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
