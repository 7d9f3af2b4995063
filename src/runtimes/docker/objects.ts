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

/** For people who read `docker ps`; containers are found by label. */
export function containerName(environment: { readonly project: string; readonly id: string }, service: string): string {
  return `devenv-${environment.project}-${environment.id}-${service}`;
}

/**
 * Networks and volumes are mounted by name, so theirs hang on the id alone: a project that was renamed or moved finds
 * its data again.
 */
export function keptName(environment: { readonly id: string }, part?: string): string {
  return part === undefined ? `devenv-${environment.id}` : `devenv-${environment.id}-${part}`;
}
