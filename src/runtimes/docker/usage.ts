import type Dockerode from 'dockerode';
import { Label } from '../../core/labels.ts';
import type { Usage } from '../../core/runtime.ts';
import { hasStatus } from './connect.ts';
import { findContainers } from './objects.ts';

export async function usage(docker: Dockerode, environment: string): Promise<ReadonlyMap<string, Usage>> {
  const running = await findContainers(docker, { [Label.environment]: environment }, { all: false });
  const measured = running.map(async ({ Id, Labels }) => {
    const found = await containerUsage(docker.getContainer(Id)).catch(nullIfGone);
    return [Labels[Label.service] ?? '', found] as const;
  });
  return new Map((await Promise.all(measured)).flatMap(([name, found]) => (found ? [[name, found] as const] : [])));
}

/** Memory as `docker stats` counts it: without the page cache that the kernel would give back (cgroup v2, then v1). */
export async function containerUsage(container: Dockerode.Container): Promise<Usage> {
  const { memory_stats, cpu_stats } = await container.stats({ stream: false, 'one-shot': true });
  // Without statistics when it has just ended.
  const details = memory_stats?.stats as unknown as Record<string, number | undefined> | undefined;
  const cache = details?.inactive_file ?? details?.total_inactive_file ?? 0;
  return {
    cpuSeconds: (cpu_stats?.cpu_usage?.total_usage ?? 0) / 1e9,
    memoryBytes: Math.max(0, (memory_stats?.usage ?? 0) - cache),
  };
}

/** It has ended since it was listed. */
export function nullIfGone(error: unknown): null {
  if (hasStatus(error, 404, 409)) return null;
  throw error;
}
