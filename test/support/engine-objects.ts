import Docker from 'dockerode';
import { dockerHost } from './project.ts';

/** What the engine holds of one environment, found as devenv finds it: by label. */
export interface EngineObjects {
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
}

export function testEngine(): Docker {
  if (!dockerHost?.startsWith('unix://')) throw new Error('these tests reach the engine through its socket');
  return new Docker({ socketPath: dockerHost.slice('unix://'.length) });
}

export async function engineObjects(label: string): Promise<EngineObjects> {
  const docker = testEngine();
  const filters = JSON.stringify({ label: [label] });
  const [containers, { Volumes }, networks] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
  ]);
  return {
    containers: containers.map(({ Names }) => Names[0]?.slice(1) ?? '').sort(),
    volumes: (Volumes ?? []).map(({ Name }) => Name).sort(),
    networks: networks.map(({ Name }) => Name).sort(),
  };
}

export const NO_OBJECTS: EngineObjects = { containers: [], volumes: [], networks: [] };
