import type { ObservedData } from './observed.ts';
import type { EnvironmentRecord } from './runtime.ts';
import type { Environment, EnvironmentKind, Made, RuntimeName, Service } from './stack.ts';

/**
 * The labels on every container, network and volume that devenv makes, and the keys of the marker file of an embedded
 * service. They are the state: what exists is read from here, never from names.
 */
export const Label = {
  environment: 'devenv.environment',
  kind: 'devenv.kind',
  project: 'devenv.project',
  branch: 'devenv.branch',
  path: 'devenv.path',
  tier: 'devenv.tier',
  owner: 'devenv.owner',
  created: 'devenv.created',
  service: 'devenv.service',
  engine: 'devenv.engine',
  /** Major version of the engine that wrote the data. */
  version: 'devenv.version',
  /** The launch fingerprint as JSON: named parts, so that a difference can say which part it is. */
  fingerprint: 'devenv.fingerprint',
  /** On data: what it was made with, as JSON. */
  made: 'devenv.made',
  /** Key of the pre-initialised data that a container has to be filled with before its first start. */
  fill: 'devenv.fill',
  /** Key of the template that a throw-away container is making. */
  template: 'devenv.template',
  /** The devenv that makes a throw-away container or a copy, as `pid start`: without it that is a leftover. */
  maker: 'devenv.maker',
  /** Key of the baseline that a volume holds. */
  baseline: 'devenv.baseline',
  /** On the mark of a whole baseline: the volume that holds it. */
  whole: 'devenv.whole',
  /** Folder of the cache that a baseline belongs to. */
  store: 'devenv.store',
  /** Id of the image that made it. */
  image: 'devenv.image',
  /** In bytes. */
  size: 'devenv.size',
} as const;

/** Value of `engine` on a volume that the user named: no engine's data, so its version means nothing. */
export const USER_VOLUME = 'volume';

export type Labels = Readonly<Record<string, string>>;

/** `created` is ISO 8601; `owner` is the numeric user id, because one engine may serve several users. */
export function environmentLabels(environment: Environment, created: string, owner: string): Labels {
  return {
    [Label.environment]: environment.id,
    [Label.kind]: environment.kind,
    [Label.project]: environment.project,
    [Label.branch]: environment.branch ?? '',
    [Label.path]: environment.path,
    [Label.tier]: environment.tier,
    [Label.created]: created,
    [Label.owner]: owner,
  };
}

/** The way back. A label that is missing, on an object of another version of devenv, is no reason to hide the object. */
export function environmentOf(labels: Labels, runtime: RuntimeName): EnvironmentRecord {
  return {
    id: labels[Label.environment] ?? '',
    kind: (labels[Label.kind] ?? 'dev') as EnvironmentKind,
    project: labels[Label.project] ?? '',
    branch: labels[Label.branch] || null,
    path: labels[Label.path] ?? '',
    tier: labels[Label.tier] ?? 'development',
    runtime,
    created: labels[Label.created] ?? '',
    owner: labels[Label.owner] || null,
  };
}

export function serviceLabels(service: Service): Labels {
  return {
    [Label.service]: service.name,
    [Label.engine]: service.engine,
    [Label.version]: service.version,
    [Label.fingerprint]: JSON.stringify(service.launch.fingerprint),
  };
}

/** Of the data of a service, whose fingerprint may change later. */
export function dataLabels(service: Service): Labels {
  return { ...serviceLabels(service), [Label.made]: JSON.stringify(service.launch.made) };
}

export function dataOf(service: string, labels: Labels): ObservedData {
  return {
    service,
    engine: labels[Label.engine] ?? '',
    version: labels[Label.version] ?? '',
    made: parseMade(labels[Label.made]),
  };
}

function parseMade(label: string | undefined): Made | null {
  try {
    return JSON.parse(label ?? 'null') as Made | null;
  } catch {
    return null;
  }
}
