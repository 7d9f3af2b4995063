import type Dockerode from 'dockerode';
import { Label } from '../../core/labels.ts';
import type { Sizes } from '../../core/runtime.ts';
import { labelFilter } from './objects.ts';

/** Slow on purpose: engines take a second for the statistics of a container, and walk the disk for sizes. */
export async function sizes(docker: Dockerode, environment: string): Promise<Sizes> {
  const filters = labelFilter({ [Label.environment]: environment });
  const [running, usage] = await Promise.all([docker.listContainers({ filters }), docker.df()]);
  const memory = await Promise.all(running.map(({ Id }) => memoryOf(docker.getContainer(Id))));
  return { memoryBytes: memory.reduce((sum, bytes) => sum + bytes, 0), diskBytes: diskOf(usage, environment) };
}

/** As `docker stats` counts it: without the page cache that the kernel would give back (cgroup v2, then v1). */
async function memoryOf(container: Dockerode.Container): Promise<number> {
  const { memory_stats } = await container.stats({ stream: false, 'one-shot': true });
  const details = memory_stats.stats as unknown as Record<string, number | undefined> | undefined;
  const cache = details?.inactive_file ?? details?.total_inactive_file ?? 0;
  return Math.max(0, (memory_stats.usage ?? 0) - cache);
}

interface Usage {
  readonly Containers?: readonly { Labels?: Record<string, string>; SizeRw?: number }[];
  readonly Volumes?: readonly { Labels?: Record<string, string> | null; UsageData?: { Size?: number } | null }[];
}

function diskOf(usage: Usage, environment: string): number {
  const ours = (labels: Record<string, string> | null | undefined) => labels?.[Label.environment] === environment;
  const layers = (usage.Containers ?? []).filter((item) => ours(item.Labels)).map((item) => item.SizeRw ?? 0);
  const volumes = (usage.Volumes ?? []).filter((item) => ours(item.Labels)).map((item) => item.UsageData?.Size ?? 0);
  return [...layers, ...volumes].reduce((sum, bytes) => sum + Math.max(0, bytes), 0);
}
