import type Dockerode from 'dockerode';
import { Label } from '../../core/labels.ts';

type Wanted = Readonly<Record<string, string | true>>;
type Found = { readonly Labels?: Readonly<Record<string, string>> | null };

/**
 * What devenv made is found by its labels, and all of them are required. Docker takes several of one filter as all,
 * Podman, for volumes, as any: the filter only keeps the answer short, what counts is what each object itself says.
 */
export function withLabels<T extends Found>(wanted: Wanted, found: readonly T[] | null | undefined): readonly T[] {
  const conditions = Object.entries(wanted);
  return (found ?? []).filter(({ Labels }) =>
    conditions.every(([name, value]) => (value === true ? Labels?.[name] !== undefined : Labels?.[name] === value)),
  );
}

/** `all` counts those too that don't run. */
export async function findContainers(docker: Dockerode, labels: Wanted, { all }: { readonly all: boolean }) {
  return withLabels(labels, await docker.listContainers({ all, filters: labelFilter(labels) }));
}

export async function findContainer(
  docker: Dockerode,
  environment: string,
  service: string,
): Promise<Dockerode.Container | null> {
  const labels = { [Label.environment]: environment, [Label.service]: service };
  const [found] = await findContainers(docker, labels, { all: true });
  return found ? docker.getContainer(found.Id) : null;
}

export async function findVolumes(docker: Dockerode, labels: Wanted) {
  return withLabels(labels, (await docker.listVolumes({ filters: labelFilter(labels) })).Volumes);
}

export async function findNetworks(docker: Dockerode, labels: Wanted) {
  return withLabels(labels, await docker.listNetworks({ filters: labelFilter(labels) }));
}

function labelFilter(labels: Wanted): string {
  const label = Object.entries(labels).map(([name, value]) => (value === true ? name : `${name}=${value}`));
  return JSON.stringify({ label });
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
