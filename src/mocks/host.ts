import { VirtualClock } from './clock.ts';
import { Exchange } from './exchange.ts';
import { Journal } from './journal.ts';
import { PREFIXES } from './keys.ts';
import { Lives } from './lives.ts';
import { beginningOfDay, noteClock, replayClock } from './open-clock.ts';
import type { Leading } from './protocol.ts';
import type { Provider, ProviderName } from './provider.ts';
import type { Mount } from './server/server.ts';
import type { MocksSpec } from './spec.ts';

/** The mocks of one environment, with the data of the life that they lead. */
export interface Host extends AsyncDisposable {
  readonly mounts: readonly Mount[];
  /** Milliseconds since 1970, of the mocks' clock. */
  now(): Promise<number>;
  moveClock(toMs: number): Promise<void>;
  lead(life: Leading): Promise<void>;
}

/** Not yet listening. */
export async function openHost(spec: MocksSpec, wallClock: () => number): Promise<Host> {
  const lives = new Lives(spec.folder);
  const open = async () => openLife(spec, await lives.journal(), wallClock);
  const life = new Exchange(await open());
  const names = await life.use(({ providers }) => providers.map(({ name }) => name));
  const mountOf = (name: ProviderName): Mount => {
    const answer: Provider['answer'] = (call) => life.use(({ providers }) => find(providers, name).answer(call));
    return { prefix: PREFIXES[name], provider: { name, answer } };
  };
  return {
    mounts: names.map(mountOf),
    now: () => life.use(({ clock }) => clock.now()),
    moveClock: (toMs) => life.use((current) => moveTo(current, toMs)),
    lead: ({ life: next, same }) =>
      life.change(async (old) => {
        await old.journal[Symbol.asyncDispose]();
        await lives.lead(next, { same });
        return open();
      }),
    [Symbol.asyncDispose]: () => life.use(({ journal }) => journal[Symbol.asyncDispose]()),
  };
}

interface OpenLife {
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly providers: readonly Provider[];
}

async function openLife(spec: MocksSpec, path: string, wallClock: () => number): Promise<OpenLife> {
  const clock = new VirtualClock(0);
  const providers: Provider[] = [];
  const journal = await Journal.open(path, (entry) => {
    replayClock(clock, entry);
  });
  if (clock.now() === 0) {
    clock.moveTo(spec.startMs ?? beginningOfDay(wallClock()));
    await noteClock(clock, journal);
  }
  return { clock, journal, providers };
}

async function moveTo({ clock, journal, providers }: OpenLife, toMs: number): Promise<void> {
  for (const provider of providers) await provider.advance?.(toMs);
  clock.moveTo(toMs);
  await noteClock(clock, journal);
}

function find(providers: readonly Provider[], name: ProviderName): Provider {
  const found = providers.find((provider) => provider.name === name);
  if (!found) throw new Error(`no life lacks a provider, and this one lacks ${name}`);
  return found;
}
