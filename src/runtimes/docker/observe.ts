import type Dockerode from 'dockerode';
import { dataOf, environmentOf, Label } from '../../core/labels.ts';
import type { Observed, ObservedService } from '../../core/observed.ts';
import type { EnvironmentRecord, HeldEnvironment, RuntimeObserved } from '../../core/runtime.ts';
import type { Fingerprint, Stack } from '../../core/stack.ts';
import { baselineKeys } from './baseline-volumes.ts';
import { engineCall, hasStatus } from './connect.ts';
import { findContainers, findNetworks, findVolumes } from './objects.ts';
import { templateKeys } from './template-store.ts';

export async function observe(docker: Dockerode, stack: Stack): Promise<RuntimeObserved> {
  const [objects, makers, templates, baselines] = await Promise.all([
    observeObjects(docker, stack.environment.id),
    makersOf(docker, stack),
    templateKeys(),
    stack.services.some(({ content }) => content !== null) ? baselineKeys(docker) : [],
  ]);
  return { ...objects, fetched: Object.keys(makers), makers, templates: [...templates, ...baselines] };
}

export function observeObjects(docker: Dockerode, environment: string): Promise<RuntimeObserved> {
  const ours = { [Label.environment]: environment };
  return engineCall('reading what exists', async () => {
    const [containers, volumes, networks] = await Promise.all([
      findContainers(docker, ours, { all: true }),
      findVolumes(docker, ours),
      findNetworks(docker, ours),
    ]);
    const found = await Promise.all(containers.map((container) => settled(docker, container)));
    return {
      network: networks.length > 0,
      services: found.filter((container) => container !== null).map(observedService),
      data: volumes.map(({ Labels }) => dataOf(Labels?.[Label.service] ?? '', Labels ?? {})),
      fetched: [],
      makers: {},
      templates: [],
    };
  });
}

/** Every environment that has an object on this engine, whether or not its checkout still exists. */
export async function listEnvironments(docker: Dockerode): Promise<readonly HeldEnvironment[]> {
  const any = { [Label.environment]: true } as const;
  const [containers, volumes, networks] = await Promise.all([
    findContainers(docker, any, { all: true }),
    findVolumes(docker, any),
    findNetworks(docker, any),
  ]);
  const records = new Map<string, EnvironmentRecord>();
  for (const { Labels } of [...containers, ...volumes, ...networks]) {
    const record = environmentOf(Labels ?? {}, 'docker');
    const known = records.get(record.id);
    const oldest = !known || record.created < known.created ? record : known;
    // Anybody with the engine's socket can write labels: what several claim is nobody's for certain.
    records.set(record.id, known && known.owner !== record.owner ? { ...oldest, owner: null } : oldest);
  }
  return [...records.values()].map((record) => ({ ...record, services: servicesOf(record.id, containers) }));
}

function servicesOf(environment: string, all: readonly Dockerode.ContainerInfo[]): HeldEnvironment['services'] {
  const own = all.filter(({ Labels }) => Labels[Label.environment] === environment);
  return own.map((one) => ({ name: one.Labels[Label.service] ?? '', runs: stateOf(one) === 'starting' }));
}

/**
 * The list shows what a container was before a start that the engine is in the midst of, for a devenv that was killed
 * say; looking at one waits for that.
 */
async function settled(docker: Dockerode, container: Dockerode.ContainerInfo): Promise<Dockerode.ContainerInfo | null> {
  if (container.State === 'running') return container;
  try {
    const { State } = await docker.getContainer(container.Id).inspect();
    return { ...container, State: State.Status };
  } catch (error) {
    // It was listed in the moment in which its making failed or its removal ended.
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

function observedService(container: Dockerode.ContainerInfo): ObservedService {
  const labels = container.Labels;
  const state = stateOf(container);
  return {
    name: labels[Label.service] ?? '',
    engine: labels[Label.engine] ?? '',
    version: labels[Label.version] ?? '',
    state,
    fingerprint: parseFingerprint(labels[Label.fingerprint]),
    ...(container.State !== 'running' && state !== 'created' ? { why: howItEnded(container.Status) } : {}),
    ...(container.State === 'paused' ? { why: 'it is paused', paused: true } : {}),
    created: labels[Label.created] ?? '',
    fill: labels[Label.fill] ?? null,
  };
}

/** The engine says `Exited (137) 25 seconds ago`. */
export function howItEnded(status: string): string {
  const ended = /^Exited \((?<code>\d+)\) (?<when>.+)$/.exec(status)?.groups;
  if (!ended) return status.toLowerCase();
  const { code, when = '' } = ended;
  return `it ended ${when.toLowerCase()}${code === '0' ? '' : ` with exit code ${code}`}`;
}

/**
 * The engine does not keep who ended a container. Our engines' servers say 0 when they were asked to; a plain image
 * that was says 0 or the signal's, and what a restarted machine took along has 255.
 */
export function stateOf(
  container: Pick<Dockerode.ContainerInfo, 'State' | 'Status' | 'Labels'>,
): 'created' | 'starting' | 'stopped' | 'failed' {
  const { State, Status, Labels } = container;
  if (State === 'created') return 'created';
  if (['running', 'restarting', 'paused'].includes(State)) return 'starting';
  const code = /^Exited \((\d+)\)/.exec(Status)?.[1] ?? '0';
  const asked = Labels[Label.engine] === 'container' ? ['0', '130', '137', '143', '255'] : ['0', '255'];
  return asked.includes(code) ? 'stopped' : 'failed';
}

/** A label that can't be read counts as a difference, which makes the container anew. */
function parseFingerprint(label: string | undefined): Fingerprint {
  try {
    return JSON.parse(label ?? '{}') as Fingerprint;
  } catch {
    return {};
  }
}

/** Ids of the images that are on this machine: digests, where a tag may be another image tomorrow. */
async function makersOf(docker: Dockerode, { services }: Stack): Promise<Observed['makers']> {
  const found = services.map(async ({ name, launch }) => {
    const id = launch.kind === 'container' ? await imageId(docker, launch.image) : null;
    return id === null ? [] : [[name, id]];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

async function imageId(docker: Dockerode, image: string): Promise<string | null> {
  try {
    return (await engineCall(`looking for the image ${image}`, () => docker.getImage(image).inspect())).Id;
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}
