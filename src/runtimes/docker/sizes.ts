import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { Label } from '../../core/labels.ts';
import type { Sizes } from '../../core/runtime.ts';
import { findContainers } from './objects.ts';
import { containerUsage, nullIfGone } from './usage.ts';

/** Slow: engines take a second for the statistics of a container, and walk the disk for sizes. */
export async function sizes(docker: Dockerode, environments: readonly string[]): Promise<ReadonlyMap<string, Sizes>> {
  const disk = await diskUsage(docker);
  const measured = environments.map(async (id) => {
    const running = await findContainers(docker, { [Label.environment]: id }, { all: false });
    const usage = await Promise.all(running.map(({ Id }) => containerUsage(docker.getContainer(Id)).catch(nullIfGone)));
    return [
      id,
      { memoryBytes: sum(usage.map((found) => found?.memoryBytes ?? 0)), diskBytes: diskOf(disk, id) },
    ] as const;
  });
  return new Map(await Promise.all(measured));
}

interface Usage {
  readonly Containers?: readonly { Labels?: Record<string, string>; SizeRw?: number }[];
  readonly Volumes?: readonly { Labels?: Record<string, string> | null; UsageData?: { Size?: number } | null }[];
}

/** The engine walks its disk for one client at a time and turns others away. */
async function diskUsage(docker: Dockerode): Promise<Usage> {
  for (;;) {
    try {
      return await docker.df();
    } catch (error) {
      if (!/already running/.test(String(error))) throw error;
      await sleep(200);
    }
  }
}

function diskOf(usage: Usage, environment: string): number {
  const ours = (labels: Record<string, string> | null | undefined) => labels?.[Label.environment] === environment;
  const layers = (usage.Containers ?? []).filter((item) => ours(item.Labels)).map((item) => item.SizeRw ?? 0);
  const volumes = (usage.Volumes ?? []).filter((item) => ours(item.Labels)).map((item) => item.UsageData?.Size ?? 0);
  return sum([...layers, ...volumes].map((bytes) => Math.max(0, bytes)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
