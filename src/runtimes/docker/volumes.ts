import type Dockerode from 'dockerode';
import { UserError } from '../../core/errors.ts';
import { Label, type Labels } from '../../core/labels.ts';
import type { Environment, Service } from '../../core/stack.ts';
import { engineCall } from './connect.ts';
import { dataVolumeName } from './container.ts';

/** Makes the volume of a service's data. One of that name that isn't ours may hold anything: it is not touched. */
export async function createVolume(
  docker: Dockerode,
  environment: Environment,
  service: Service,
  labels: Labels,
): Promise<void> {
  const Name = dataVolumeName(environment, service);
  const doing = `creating the volume of ${service.name}`;
  await engineCall(doing, () => docker.createVolume({ Name, Labels: { ...labels } }));
  // The engine answers the same whether it made one or found one.
  const { Labels: found } = await engineCall(doing, () => docker.getVolume(Name).inspect());
  if (found?.[Label.environment] === environment.id && found[Label.service] === service.name) return;
  throw new UserError(`${service.name}: there is a volume ${Name} that devenv did not make`, {
    code: 'refused',
    hints: [`Look what is in it, then: docker volume rm ${Name}`],
  });
}

/**
 * Makes the other volumes that a container mounts, before it is made: the engine would make them with it, but Podman
 * without their labels, by which they are found again.
 */
export async function createMounted(docker: Dockerode, request: Dockerode.ContainerCreateOptions): Promise<void> {
  for (const { Source: Name, VolumeOptions } of request.HostConfig?.Mounts ?? []) {
    if (!VolumeOptions) continue;
    await engineCall(`creating the volume ${Name}`, () => docker.createVolume({ Name, Labels: VolumeOptions.Labels }));
  }
}

/** Where an image says that it keeps data. What no volume with a name covers, the engine would put into a nameless one. */
export function imageVolumes({ Volumes }: Dockerode.ImageInspectInfo['Config']): readonly string[] {
  return Object.keys(Volumes ?? {});
}
