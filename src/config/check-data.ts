import { suggestion } from '../lib/suggestion.ts';
import type { Finding } from './finding.ts';
import { entriesOf, type Keys, keysOf, type Path } from './path.ts';

/** What is read of a service here, checked or not. */
type Services = Readonly<Record<string, { readonly engine?: unknown; readonly needs?: unknown }>>;

/** Names of the services that data can be loaded into. */
export function databases(services: Services): readonly string[] {
  return Object.entries(services).flatMap(([name, { engine }]) => (engine === 'postgres' ? [name] : []));
}

/** Name of the process that resets data by its schedule. */
export const RESETS = 'data-resets';

/** The entries of `data`, each with its place: of an object the only one. */
export function dataEntries<Entry>(
  data: Entry | readonly Entry[] | null | undefined,
): readonly { readonly path: Path; readonly entry: Entry }[] {
  if (data === undefined || data === null) return [];
  if (!Array.isArray(data)) return [{ path: ['data'], entry: data as Entry }];
  return (data as readonly Entry[]).map((entry, index) => ({ path: ['data', index], entry }));
}

/** Names of the Redis services whose keys can go with a database: they are up before any of these is loaded. */
export function followers(services: Services, loaded: readonly string[]): readonly string[] {
  return Object.entries(services).flatMap(([name, { engine }]) =>
    engine === 'redis' && !loaded.some((database) => needs(services, name, database)) ? [name] : [],
  );
}

function needs(services: Services, name: string, wanted: string, seen = new Set<string>()): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const named = services[name]?.needs;
  return Array.isArray(named) && named.some((one) => one === wanted || needs(services, String(one), wanted, seen));
}

/** An entry of `data`, the service that it is about, and where it stands. */
interface Entry {
  readonly path: Path;
  readonly keys: Keys;
  readonly service: string;
}

/** That what is loaded has a place to go to. Reads the merged value, so that it can say its part whatever else is wrong. */
export function checkData(value: unknown): readonly Finding[] {
  const { data, processes } = keysOf(value);
  const services = Object.fromEntries(entriesOf(keysOf(value).services).map(([name, one]) => [name, keysOf(one)]));
  const known = databases(services);
  const entries = dataEntries(data).map(({ path, entry }): Entry => {
    const keys = keysOf(entry);
    return { path, keys, service: String(keys.service ?? (known.length === 1 ? known[0] : '')) };
  });
  return [
    ...checkResets(entries, processes),
    ...entries.flatMap((entry) => [
      ...checkService(entry, services, known),
      ...checkDatabase(entry, services),
      ...checkRedis(
        entry,
        services,
        entries.map(({ service }) => service),
      ),
    ]),
    ...servicesTwice(entries),
    ...redisTwice(entries),
  ];
}

function checkResets(entries: readonly Entry[], processes: unknown): readonly Finding[] {
  if (!entries.some(({ keys }) => keys.reset !== undefined) || !Object.hasOwn(keysOf(processes), RESETS)) return [];
  const message = `needs the name for itself: it resets the data by data.reset`;
  return [{ path: ['processes', RESETS], part: 'key', message }];
}

function checkService(
  { path, keys: { service } }: Entry,
  services: Readonly<Record<string, Keys>>,
  known: readonly string[],
): readonly Finding[] {
  if (service === undefined) {
    if (known.length === 1) return [];
    const message = known.length === 0 ? 'there is no Postgres to load it into' : `says not which: ${known.join(', ')}`;
    return [{ path, part: 'key', message, absence: true }];
  }
  if (typeof service !== 'string' || known.includes(service)) return [];
  const message = Object.hasOwn(services, service)
    ? `\`${service}\` is no Postgres`
    : `there is no \`${service}\`${suggestion(service, known)}`;
  return [{ path: [...path, 'service'], part: 'value', message, absence: true }];
}

/** Databases that every server has: devenv connects to one of them while it swaps the app's. */
const OF_THE_SERVER = new Set(['postgres', 'template0', 'template1']);

function checkDatabase({ service }: Entry, services: Readonly<Record<string, Keys>>): readonly Finding[] {
  const database = services[service]?.database;
  if (typeof database !== 'string' || !OF_THE_SERVER.has(database)) return [];
  const message = `\`${database}\` belongs to the server itself, and data can't be kept of it: name one of your own`;
  return [{ path: ['services', service, 'database'], part: 'value', message }];
}

function checkRedis(
  { path, keys: { redis } }: Entry,
  services: Readonly<Record<string, Keys>>,
  loaded: readonly string[],
): readonly Finding[] {
  if (!Array.isArray(redis)) return [];
  return redis.flatMap((name, index): readonly Finding[] => {
    const message = whyNot(name, services, loaded);
    return message === null ? [] : [{ path: [...path, 'redis', index], part: 'value', message, absence: true }];
  });
}

function whyNot(name: unknown, services: Readonly<Record<string, Keys>>, loaded: readonly string[]): string | null {
  const known = Object.keys(services).filter((one) => services[one]?.engine === 'redis');
  if (typeof name !== 'string' || followers(services, loaded).includes(name)) return null;
  if (known.includes(name)) {
    const needed = loaded.find((database) => !followers(services, [database]).includes(name));
    return `\`${name}\` needs \`${needed}\` to start, and has no keys when that is loaded`;
  }
  return Object.hasOwn(services, name)
    ? `\`${name}\` is no Redis`
    : `there is no \`${name}\`${suggestion(name, known)}`;
}

/** Which of two baselines a reset would go back to, nothing could tell. */
function servicesTwice(entries: readonly Entry[]): readonly Finding[] {
  return entries.flatMap(({ path, keys, service }, index): readonly Finding[] => {
    const before = entries.slice(0, index).find((other) => service !== '' && other.service === service);
    if (!before) return [];
    const named = keys.service !== undefined;
    const message = `\`${service}\` has its data already,`;
    return [{ path: named ? [...path, 'service'] : path, part: named ? 'value' : 'key', message, also: before.path }];
  });
}

/** Keys follow one database: two would have them go back to two states. */
function redisTwice(entries: readonly Entry[]): readonly Finding[] {
  const all = entries.flatMap((entry) => {
    const { redis } = entry.keys;
    const names: readonly unknown[] = Array.isArray(redis) ? redis : [];
    return names.map((name, index) => ({ entry, name, path: [...entry.path, 'redis', index] }));
  });
  return all.flatMap(({ entry, path, name }, index): readonly Finding[] => {
    const before = all.slice(0, index).find((other) => other.name === name && other.entry !== entry);
    const message = `\`${String(name)}\` goes with another database already,`;
    return before ? [{ path, part: 'value', message, also: before.path }] : [];
  });
}
