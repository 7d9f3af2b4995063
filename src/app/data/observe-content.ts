import { cutOffWords } from '../../core/data/cut-off.ts';
import { lags } from '../../core/data/redis-copies.ts';
import type { ObservedContent } from '../../core/observed.ts';
import { findService, type Service, type Stack } from '../../core/stack.ts';
import { type PostgresServer, readContent, readStanding, type Standing } from '../../data/postgres/index.ts';
import { timeLimit } from '../../lib/time-limit.ts';
import { Lives } from '../../mocks/lives.ts';
import { readLoaded } from '../../state/loaded.ts';
import { mocksFolder } from '../mocks/folder.ts';
import { LOOK_MS } from '../probe.ts';
import { lookAtRedis } from './redis-server.ts';

/** How far a database is loaded, and from what where that is on record. */
export async function observeContent(environment: string, { name }: Service, server: PostgresServer) {
  const [content, loaded] = await Promise.all([readContent(server), readLoaded(environment, name)]);
  return { ...content, parts: loaded?.baseline === content.baseline ? (loaded?.parts ?? null) : null };
}

/** With what goes with it and lags behind. */
export async function observeData(
  stack: Stack,
  service: Service,
  server: PostgresServer,
  signal: AbortSignal,
): Promise<ObservedContent> {
  const [content, led] = await Promise.all([
    observeContent(stack.environment.id, service, server),
    lifesLed(stack, service, signal),
  ]);
  return { ...content, lagging: lagging(content, led) };
}

/** What a command that was cut off has left, in words; null where nothing did, though one may be at it. */
export async function observeCutOff(
  stack: Stack,
  service: Service,
  server: PostgresServer,
  signal: AbortSignal,
): Promise<string | null> {
  const [standing, led] = await Promise.all([readStanding(server), lifesLed(stack, service, signal)]);
  return cutOffWords({ ...standing, lagging: lagging(standing, led) });
}

function lagging({ life }: Pick<Standing, 'life'>, led: readonly Led[]): readonly string[] {
  return led.filter((one) => lags(life, one.generation)).map(({ name }) => name);
}

/** Something that goes with a database, and the life that it leads. */
interface Led {
  readonly name: string;
  readonly generation: string | null;
}

async function lifesLed(stack: Stack, { name, content }: Service, signal: AbortSignal): Promise<readonly Led[]> {
  using limit = timeLimit(LOOK_MS, signal);
  const redis = (content?.redis ?? []).map(async (name): Promise<readonly Led[]> => {
    const service = findService(stack, name);
    // Of one that doesn't answer nothing is known: its own state says that.
    const marks = service ? await lookAtRedis(stack, service, limit.signal).catch(() => null) : null;
    return marks ? [{ name, generation: marks.generation }] : [];
  });
  const mocks = stack.mocks?.follows === name ? stack.mocks : null;
  const lives = new Lives(mocksFolder(stack.environment.id));
  const known = mocks ? [{ name: mocks.process, generation: await lives.live() }] : [];
  return [...(await Promise.all(redis)).flat(), ...known];
}
