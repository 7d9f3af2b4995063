import { suggestion } from '../lib/suggestion.ts';
import type { Finding } from './finding.ts';
import { entriesOf, type Keys, keysOf } from './path.ts';

/** Names of the services that data can be loaded into. */
export function databases(services: Readonly<Record<string, Keys>>): readonly string[] {
  return Object.entries(services).flatMap(([name, { engine }]) => (engine === 'postgres' ? [name] : []));
}

/** Name of the process that resets data by its schedule. */
export const RESETS = 'data-resets';
/** Names of the Redis services whose keys can go with a database: they are up before it is loaded. */
export function followers(services: Readonly<Record<string, Keys>>, database: string): readonly string[] {
  return Object.entries(services).flatMap(([name, { engine }]) =>
    engine === 'redis' && !needs(services, name, database) ? [name] : [],
  );
}

function needs(
  services: Readonly<Record<string, Keys>>,
  name: string,
  wanted: string,
  seen = new Set<string>(),
): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const named = services[name]?.needs;
  return Array.isArray(named) && named.some((one) => one === wanted || needs(services, String(one), wanted, seen));
}

/** That what is loaded has a place to go to. Reads the merged value, so that it can say its part whatever else is wrong. */
export function checkData(value: unknown): readonly Finding[] {
  const { data, processes } = keysOf(value);
  if (data === undefined || data === null) return [];
  if (keysOf(data).reset !== undefined && Object.hasOwn(keysOf(processes), RESETS)) {
    const message = `needs the name for itself: it resets the data by data.reset`;
    return [{ path: ['processes', RESETS], part: 'key', message }];
  }
  const services = Object.fromEntries(entriesOf(keysOf(value).services).map(([name, one]) => [name, keysOf(one)]));
  const known = databases(services);
  const { service, redis } = keysOf(data);
  const named = String(service ?? known[0]);
  return [
    ...checkService(service, services, known),
    ...checkDatabase(named, services),
    ...checkRedis(redis, services, named),
  ];
}

function checkService(
  service: unknown,
  services: Readonly<Record<string, Keys>>,
  known: readonly string[],
): readonly Finding[] {
  if (service === undefined) {
    if (known.length === 1) return [];
    const message = known.length === 0 ? 'there is no Postgres to load it into' : `says not which: ${known.join(', ')}`;
    return [{ path: ['data'], part: 'key', message, absence: true }];
  }
  if (typeof service !== 'string' || known.includes(service)) return [];
  const message = Object.hasOwn(services, service)
    ? `\`${service}\` is no Postgres`
    : `there is no \`${service}\`${suggestion(service, known)}`;
  return [{ path: ['data', 'service'], part: 'value', message, absence: true }];
}

/** Databases that every server has: devenv connects to one of them while it swaps the app's. */
const OF_THE_SERVER = new Set(['postgres', 'template0', 'template1']);

function checkDatabase(service: string, services: Readonly<Record<string, Keys>>): readonly Finding[] {
  const database = services[service]?.database;
  if (typeof database !== 'string' || !OF_THE_SERVER.has(database)) return [];
  const message = `\`${database}\` belongs to the server itself, and data can't be kept of it: name one of your own`;
  return [{ path: ['services', service, 'database'], part: 'value', message }];
}

function checkRedis(named: unknown, services: Readonly<Record<string, Keys>>, database: string): readonly Finding[] {
  if (!Array.isArray(named)) return [];
  return named.flatMap((name, index): readonly Finding[] => {
    const message = whyNot(name, services, database);
    return message === null ? [] : [{ path: ['data', 'redis', index], part: 'value', message, absence: true }];
  });
}

function whyNot(name: unknown, services: Readonly<Record<string, Keys>>, database: string): string | null {
  const known = Object.keys(services).filter((one) => services[one]?.engine === 'redis');
  if (typeof name !== 'string' || followers(services, database).includes(name)) return null;
  if (known.includes(name)) return `\`${name}\` needs \`${database}\` to start, and has no keys when that is loaded`;
  return Object.hasOwn(services, name)
    ? `\`${name}\` is no Redis`
    : `there is no \`${name}\`${suggestion(name, known)}`;
}
