import { isAbsolute, resolve } from 'node:path';
import type Dockerode from 'dockerode';
import { Label, type Labels, USER_VOLUME } from '../../core/labels.ts';
import type { ContainerLaunch, Environment, Service } from '../../core/stack.ts';
import { containerName, keptName } from './objects.ts';

/** The request that makes a service's container: a value, so that tests need no engine. */
export function containerRequest(
  environment: Environment,
  service: Service,
  launch: ContainerLaunch,
  labels: Labels,
  imageVolumes: readonly string[],
  hostAddress: string | null,
): Dockerode.ContainerCreateOptions {
  const network = keptName(environment);
  return {
    name: containerName(environment, service.name),
    ...programOf(launch),
    Labels: { ...labels },
    StopTimeout: launch.stopSeconds,
    ExposedPorts: Object.fromEntries(service.ports.map((port) => [`${port.container}/tcp`, {}])),
    HostConfig: {
      NetworkMode: network,
      PortBindings: Object.fromEntries(
        service.ports.map((port) => [`${port.container}/tcp`, [{ HostIp: '127.0.0.1', HostPort: String(port.host) }]]),
      ),
      ...(hostAddress === null ? {} : { ExtraHosts: launch.hostNames.map((name) => `${name}:${hostAddress}`) }),
      Mounts: mountsOf(environment, service, launch, labels, imageVolumes),
      // Without a limit the log of a container grows for as long as that lives.
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
      // A crash mends itself, a crash loop ends; after a restart of the machine nothing starts unasked.
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [service.name] } } },
  };
}

export function programOf(launch: ContainerLaunch): Dockerode.ContainerCreateOptions {
  const secrets = Object.entries(launch.secretEnv).map(([name, value]) => `${name}=${value.reveal()}`);
  return {
    Image: launch.image,
    Env: [...Object.entries(launch.env).map(([name, value]) => `${name}=${value}`), ...secrets],
    ...(launch.command.length > 0 ? { Cmd: [...launch.command] } : {}),
  };
}

export function dataVolumeName(environment: Pick<Environment, 'id'>, service: Service): string {
  return keptName(environment, service.name);
}

type Mount = Dockerode.MountSettings;

/** Everything that an image keeps gets a volume with a name, so that it survives the container. */
function mountsOf(
  environment: Environment,
  service: Service,
  launch: ContainerLaunch,
  labels: Labels,
  imageVolumes: readonly string[],
): Mount[] {
  const named = [...dataMount(environment, service, launch), ...userMounts(environment, service, launch, labels)];
  const uncovered = imageVolumes.filter((path) => !named.some((mount) => mount.Target === path));
  const own = { ...labels, [Label.service]: service.name, [Label.engine]: USER_VOLUME };
  return [
    ...named,
    ...uncovered.map((path) =>
      volumeMount(keptName(environment, `${service.name}${path.replace(/\W+/g, '-')}`), path, own),
    ),
  ];
}

function volumeMount(name: string, path: string, labels: Labels): Mount {
  return {
    Type: 'volume',
    Source: name,
    Target: path,
    VolumeOptions: { NoCopy: false, Labels: { ...labels }, DriverConfig: { Name: 'local', Options: {} } },
  };
}

function dataMount(environment: Environment, service: Service, launch: ContainerLaunch): Mount[] {
  if (launch.dataPath === null) return [];
  return [{ Type: 'volume', Source: dataVolumeName(environment, service), Target: launch.dataPath }];
}

/** `name:/path` is a volume of this environment, `./folder:/path[:ro]` a folder of the checkout. */
function userMounts(environment: Environment, service: Service, launch: ContainerLaunch, labels: Labels): Mount[] {
  return launch.volumes.map((volume): Mount => {
    const [source = '', target = '', mode] = volume.split(':');
    const readOnly = mode === 'ro' ? { ReadOnly: true } : {};
    if (isAbsolute(source) || source.startsWith('.')) {
      return { Type: 'bind', Source: resolve(environment.path, source), Target: target, ...readOnly };
    }
    const own = { ...labels, [Label.service]: service.name, [Label.engine]: USER_VOLUME };
    return { ...volumeMount(keptName(environment, `${service.name}-${source}`), target, own), ...readOnly };
  });
}
