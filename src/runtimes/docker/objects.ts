import type Dockerode from 'dockerode';
import { Label } from '../../core/labels.ts';

/** What devenv made is found by its labels; several of one label are all required. */
export function labelFilter(labels: Readonly<Record<string, string | true>>): string {
  const label = Object.entries(labels).map(([name, value]) => (value === true ? name : `${name}=${value}`));
  return JSON.stringify({ label });
}

export async function findContainer(
  docker: Dockerode,
  environment: string,
  service: string,
): Promise<Dockerode.Container | null> {
  const filters = labelFilter({ [Label.environment]: environment, [Label.service]: service });
  const [found] = await docker.listContainers({ all: true, filters });
  return found ? docker.getContainer(found.Id) : null;
}

export async function findVolumes(docker: Dockerode, labels: Readonly<Record<string, string | true>>) {
  const { Volumes } = await docker.listVolumes({ filters: labelFilter(labels) });
  return Volumes ?? [];
}

export async function findNetworks(docker: Dockerode, labels: Readonly<Record<string, string | true>>) {
  return docker.listNetworks({ filters: labelFilter(labels) });
}

/** Names are for people who read `docker ps`; nothing reads them back. */
export function objectName(environment: { readonly project: string; readonly id: string }, part?: string): string {
  return ['devenv', environment.project, environment.id, ...(part === undefined ? [] : [part])].join('-');
}
