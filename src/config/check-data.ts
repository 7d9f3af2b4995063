import { suggestion } from '../lib/suggestion.ts';
import type { Finding } from './finding.ts';
import { entriesOf, type Keys, keysOf } from './path.ts';

/** Names of the services that data can be loaded into. */
export function databases(services: Readonly<Record<string, Keys>>): readonly string[] {
  return Object.entries(services).flatMap(([name, { engine }]) => (engine === 'postgres' ? [name] : []));
}

/** Name of the process that resets data by its schedule. */
export const RESETS = 'data-resets';

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
  const { service } = keysOf(data);
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
