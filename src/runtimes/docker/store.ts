import type Dockerode from 'dockerode';
import { isBaseline } from '../../core/data/baseline.ts';
import type { Leftover, Store } from '../../core/store.ts';
import { diskBytes } from '../../lib/disk-usage.ts';
import { removeDeadLock } from '../../lib/lock.ts';
import { abandonedVolumes, baselineRecords } from './baseline-volumes.ts';
import { removeBaseline, removeVolume } from './baselines.ts';
import { engineCall } from './connect.ts';
import { abandonedContainers, removeContainer } from './template.ts';
import { abandoned, draftFile, removeDraft, removeTemplate, templateKeys, templateRecord } from './template-store.ts';

/** Images are the engine's: they may be somebody else's too, and `docker image prune` is there for them. */
export function createStore(docker: Dockerode): Store {
  return {
    templates: async () => [
      ...(await Promise.all((await templateKeys()).map(templateRecord))),
      ...(await baselineRecords(docker)),
    ],
    removeTemplate: (key) => (isBaseline(key) ? removeBaseline(docker, key) : removeTemplate(key)),
    // A volume bears its environment's label from its making on, so none can be made for one that isn't there yet.
    makeReady: async () => {},
    makers: async () => {
      const images = await engineCall('listing images', () => docker.listImages({ all: true }));
      return images.map(({ Id }) => Id);
    },
    programs: async () => [],
    removePrograms: async () => {},
    leftovers: () => leftovers(docker),
    removeLeftover: (leftover) => removeLeftover(docker, leftover),
  };
}

const CONTAINER = 'container';
const DRAFT = 'draft';
const LOCK = 'lock';
const VOLUME = 'volume';

async function leftovers(docker: Dockerode): Promise<readonly Leftover[]> {
  const { drafts, locks } = await abandoned();
  const containers = await abandonedContainers(docker);
  const found = [
    ...containers.map(({ Id }) => ({ id: Id, what: CONTAINER, sizeBytes: 0 })),
    ...(await Promise.all(
      drafts.map(async (key) => ({ id: draftFile(key), what: DRAFT, sizeBytes: await diskBytes(draftFile(key)) })),
    )),
  ].map((one) => ({ ...one, why: 'the devenv that made pre-initialised data was killed' }));
  const volumes = await abandonedVolumes(docker);
  const whyVolume = 'it is half of a baseline, or its cache folder is gone';
  return [
    ...found,
    ...locks.map((id) => ({ id, what: LOCK, why: 'its holder was killed', sizeBytes: 0 })),
    // Last: a helper container among these may hold one.
    ...volumes.map(({ Name }) => ({ id: Name, what: VOLUME, why: whyVolume, sizeBytes: 0 })),
  ];
}

async function removeLeftover(docker: Dockerode, { id, what }: Leftover): Promise<void> {
  if (what === LOCK) return removeDeadLock(id);
  if (what === CONTAINER) {
    if ((await abandonedContainers(docker)).some(({ Id }) => Id === id)) await removeContainer(docker, id);
    return;
  }
  if (what === VOLUME) {
    if ((await abandonedVolumes(docker)).some(({ Name }) => Name === id)) await removeVolume(docker, id);
    return;
  }
  const { drafts } = await abandoned();
  const key = drafts.find((candidate) => draftFile(candidate) === id);
  if (key !== undefined) await removeDraft(key);
}
