import { isAbsolute, resolve } from 'node:path';
import type Dockerode from 'dockerode';
import { Label, type Labels, USER_VOLUME } from '../../core/labels.ts';
import type { ContainerLaunch, Environment, Service } from '../../core/stack.ts';
import { objectName } from './objects.ts';

/** The request that makes a service's container: a value, so that tests need no engine. */
export function containerRequest(
  environment: Environment,
  service: Service,
  launch: ContainerLaunch,
  labels: Labels,
): Dockerode.ContainerCreateOptions {
  const network = objectName(environment);
  return {
    name: objectName(environment, service.name),
    ...programOf(launch),
    Labels: { ...labels },
    StopTimeout: launch.stopSeconds,
    ExposedPorts: Object.fromEntries(service.ports.map((port) => [`${port.container}/tcp`, {}])),
    HostConfig: {
      NetworkMode: network,
      PortBindings: Object.fromEntries(
        service.ports.map((port) => [`${port.container}/tcp`, [{ HostIp: '127.0.0.1', HostPort: String(port.host) }]]),
      ),
      Mounts: [...dataMount(environment, service, launch), ...userMounts(environment, service, launch, labels)],
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

export function dataVolumeName(environment: Environment, service: Service): string {
  return objectName(environment, service.name);
}

type Mount = Dockerode.MountSettings;

function dataMount(environment: Environment, service: Service, launch: ContainerLaunch): Mount[] {
  if (launch.dataPath === null) return [];
  return [{ Type: 'volume', Source: dataVolumeName(environment, service), Target: launch.dataPath }];
}

/** `name:/path` is a volume of this environment, `./folder:/path[:ro]` a folder of the checkout. */
function userMounts(environment: Environment, service: Service, launch: ContainerLaunch, labels: Labels): Mount[] {
  return launch.volumes.map((volume): Mount => {
    const [source = '', target = '', mode] = volume.split(':');
    const common = { Target: target, ReadOnly: mode === 'ro' };
    if (isAbsolute(source) || source.startsWith('.')) {
      return { Type: 'bind', Source: resolve(environment.path, source), ...common };
    }
    const own = { ...labels, [Label.service]: service.name, [Label.engine]: USER_VOLUME };
    return {
      Type: 'volume',
      Source: objectName(environment, `${service.name}-${source}`),
      ...common,
      VolumeOptions: { NoCopy: false, Labels: own, DriverConfig: { Name: 'local', Options: {} } },
    };
  });
}
