import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type Dockerode from 'dockerode';
import { UserError } from '../../core/errors.ts';
import { Label, type Labels } from '../../core/labels.ts';
import type { CopyWay, KeptData } from '../../core/runtime.ts';
import { touch } from '../../lib/files.ts';
import { takeLock } from '../../lib/lock.ts';
import { userId } from '../../lib/paths.ts';
import {
  abandonedVolumes,
  baselineKeys,
  baselineVolumes,
  isSeal,
  keyOf,
  sealsOfWhole,
  usedFile,
} from './baseline-volumes.ts';
import { engineCall, hasStatus } from './connect.ts';
import { copyVolume, maker, type VolumeCopy } from './copy-volume.ts';
import { removeLeftovers } from './template.ts';
import { folder, prepareStore, templateLock } from './template-store.ts';

/** The image and the place of the data, as the service has them. */
type Place = Pick<VolumeCopy, 'image' | 'dataPath'>;

/** Copies the volume of a service that has ended. Null where another has kept the same meanwhile. */
export async function keepBaseline(
  docker: Dockerode,
  from: string,
  { imageId, ...place }: Place & { readonly imageId: string },
  { key, project }: KeptData,
  signal: AbortSignal,
): Promise<CopyWay | null> {
  await prepareStore();
  await using _lock = await takeLock(templateLock(key), { signal });
  if ((await baselineKeys(docker)).includes(key)) return null;
  await removeAbandoned(docker);
  const to = `devenv-baseline-${randomBytes(8).toString('hex')}`;
  const created = new Date().toISOString();
  const own = { [Label.baseline]: key, [Label.owner]: userId(), [Label.store]: folder(), [Label.created]: created };
  await createVolume(docker, to, { ...own, [Label.maker]: await maker() });
  try {
    const { way, sizeBytes } = await copyVolume(docker, { ...place, from, to, key, durable: true }, signal);
    await writeFile(usedFile(key), '', { mode: 0o600 });
    const about = { [Label.project]: project, [Label.image]: imageId, [Label.size]: String(sizeBytes) };
    await createVolume(docker, `${to}-whole`, { ...own, ...about, [Label.whole]: to });
    return way;
  } catch (error) {
    await removeVolume(docker, to).catch(() => {});
    throw error;
  }
}

/** Puts a baseline where a new container's data goes; what a fill that was cut off left there goes first. */
export async function fillFromBaseline(docker: Dockerode, to: string, place: Place, key: string): Promise<CopyWay> {
  const seal = (await sealsOfWhole(docker)).find((one) => keyOf(one) === key);
  const from = seal?.Labels[Label.whole];
  if (from === undefined) {
    throw new UserError('the baseline is gone from this machine', { hints: ['Run devenv up again: it does without.'] });
  }
  await removeLeftovers(docker);
  await touch(usedFile(key));
  return (await copyVolume(docker, { ...place, from, to, key, durable: false })).way;
}

/** What says that it is whole goes first. */
export async function removeBaseline(docker: Dockerode, key: string): Promise<void> {
  await using _lock = await takeLock(templateLock(key));
  const volumes = (await baselineVolumes(docker)).filter((volume) => keyOf(volume) === key);
  for (const { Name } of volumes.filter(isSeal)) await removeVolume(docker, Name);
  for (const { Name } of volumes.filter((volume) => !isSeal(volume))) await removeVolume(docker, Name);
  await rm(usedFile(key), { force: true });
}

/** One that is being copied from stays: without its seal the next one that cleans up takes it. */
export async function removeVolume(docker: Dockerode, name: string): Promise<void> {
  await engineCall('removing a baseline', () => docker.getVolume(name).remove()).catch((error: unknown) => {
    if (!hasStatus(error, 404, 409)) throw error;
  });
}

/** Helpers first: one that still copies holds its volumes. */
async function removeAbandoned(docker: Dockerode): Promise<void> {
  await removeLeftovers(docker);
  for (const { Name } of await abandonedVolumes(docker)) await removeVolume(docker, Name);
}

async function createVolume(docker: Dockerode, Name: string, own: Labels): Promise<void> {
  await engineCall('keeping a baseline', () => docker.createVolume({ Name, Labels: { ...own } }));
}
