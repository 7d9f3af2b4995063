import type { Engine } from '../engines/engine.ts';
import { engines } from '../engines/index.ts';
import type { Shaped } from './check-shape.ts';
import { READY_SECONDS } from './fields.ts';
import { entriesOf, isKeys, type Keys, keysOf } from './path.ts';

/**
 * The configuration in the form in which it is written, with every default in it: it could be read again and would mean
 * the same. What is found out for one machine or checkout, such as the newest version, is left open here too.
 */
export function written({ project, services }: Shaped, name: string): Keys {
  const { runtime, processes, data, mocks, hooks, env } = project ?? {};
  const defaults = Object.entries(services).map(([key, service]) => [key, withDefaults(service, name)]);
  return present({
    name,
    runtime,
    services: Object.fromEntries(defaults),
    processes: processes ?? {},
    data,
    mocks,
    hooks: hooks ?? {},
    env: env ?? {},
  });
}

function withDefaults(service: Keys, project: string): Keys {
  const engine = Object.values<Engine>(engines).find((candidate) => candidate.name === service.engine);
  const missing = Object.entries(engine?.defaults(project) ?? {}).filter(([key]) => service[key] === undefined);
  return {
    ...service,
    ...Object.fromEntries(missing),
    ready: { ...how(service), timeout: READY_SECONDS, ...given(service.ready) },
  };
}

/** Without a word about it, a plain image is ready when its first port accepts connections. */
function how({ engine, ports, ready }: Keys): Keys {
  const [first] = entriesOf(ports);
  const { http, tcp } = keysOf(ready);
  return engine !== undefined || !first || http !== undefined || tcp !== undefined ? {} : { tcp: first[0] };
}

function given(value: unknown): Keys {
  return Object.fromEntries(entriesOf(value));
}

/** Without the keys that a stronger layer has removed, however deep. */
function present(keys: Keys): Keys {
  return Object.fromEntries(entriesOf(keys).map(([key, value]) => [key, isKeys(value) ? present(value) : value]));
}
