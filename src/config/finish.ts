import type { Engine } from '../engines/engine.ts';
import { engines } from '../engines/index.ts';
import { databases, dataEntries } from './check-data.ts';
import { readyPort } from './check-ready.ts';
import type { Shaped } from './check-shape.ts';
import type { Config, DataConfig, ProcessConfig, ServiceConfig } from './config.ts';
import { READY_SECONDS } from './fields.ts';
import { toMocks } from './finish-mocks.ts';
import { entriesOf, type Keys, keysOf } from './path.ts';

/** A checked configuration in the form that the rest of devenv reads; nothing in it can be changed. */
export function finish(shaped: Shaped, defaultName: string): Config {
  const { project, services } = shaped;
  return freeze({
    name: project?.name ?? defaultName,
    runtime: project?.runtime,
    services: mapValues(services, toService),
    processes: mapValues(present(project?.processes ?? {}), (process): ProcessConfig => {
      return { ...process, port: process.port, env: present(process.env) };
    }),
    data: toData(shaped),
    mocks: toMocks(project?.mocks),
    hooks: present(project?.hooks ?? {}),
    guard: { allow: project?.guard?.allow ?? [] },
    env: present(project?.env ?? {}),
  });
}

function toData({ project, services }: Shaped): readonly DataConfig[] {
  return dataEntries(project?.data).map(({ entry: { service, redis, migrate, reset, ...rest } }) => ({
    ...rest,
    ...{ service: service ?? databases(services)[0] ?? '', migrate: migrate ?? null, reset: reset ?? null },
    redis: redis === false ? [] : (redis ?? null),
  }));
}

/** The schemas have checked every type that is assumed here. */
function toService(service: Keys): ServiceConfig {
  const engine = Object.values<Engine>(engines).find((candidate) => candidate.name === service.engine);
  const ports = Object.fromEntries(entriesOf(service.ports)) as Record<string, number>;
  return {
    engine: engine?.name ?? 'container',
    version: service.version as string | undefined,
    image: service.image as string | undefined,
    port: service.port as number | undefined,
    ports,
    env: Object.fromEntries(entriesOf(service.env)) as Record<string, string>,
    volumes: (service.volumes ?? []) as string[],
    command: (service.command ?? []) as string[],
    needs: (service.needs ?? []) as string[],
    ready: readyPort(service.ready, Object.keys(ports)) ?? null,
    readyTimeout: (keysOf(service.ready).timeout as number | undefined) ?? READY_SECONDS,
    program: service.program as string | undefined,
    settings: Object.fromEntries(entriesOf(service).filter(([key]) => Object.hasOwn(engine?.settings ?? {}, key))),
  };
}

/** A DNS name from a folder's; folders may be called anything. */
export function projectName(folder: string): string {
  const words = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  return words.slice(0, 31).replace(/-+$/, '') || 'project';
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** Without the keys that a stronger layer has removed. */
function present<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
