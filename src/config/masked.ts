import { maskVariable } from '../core/secret.ts';
import type { Config } from './config.ts';

/** For a screen or a bug report: `devenv env` is what gives real values out. */
export function masked(config: Config): Config {
  return {
    ...config,
    services: mapValues(config.services, (service) => ({ ...service, env: maskedEnv(service.env) })),
    processes: mapValues(config.processes, (process) => ({ ...process, env: maskedEnv(process.env) })),
    env: maskedEnv(config.env),
  };
}

function maskedEnv(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, maskVariable(name, value)]));
}

function mapValues<T>(record: Readonly<Record<string, T>>, map: (value: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
