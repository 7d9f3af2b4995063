import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type Dockerode from 'dockerode';
import { Label } from '../../core/labels.ts';
import type { TemplateRecord } from '../../core/store.ts';
import { userId } from '../../lib/paths.ts';
import { isSameProcess } from '../../lib/process-identity.ts';
import { engineCall } from './connect.ts';
import { findVolumes } from './objects.ts';
import { folder } from './template-store.ts';

export type Volume = Awaited<ReturnType<typeof findVolumes>>[number];

/**
 * Baselines are volumes of the engine, which can copy them without sending them through its API. Labels of a volume can't
 * be changed, so a second, empty volume that is made last, the seal, says that the first one is whole. The cache folder,
 * whose path both bear, only has the time of the last use.
 */
export async function sealsOfWhole(docker: Dockerode): Promise<readonly Volume[]> {
  return wholeAmong(await baselineVolumes(docker));
}

/** Of this cache folder: also what is not whole. */
export async function baselineVolumes(docker: Dockerode): Promise<readonly Volume[]> {
  const ours = { [Label.baseline]: true, [Label.owner]: userId(), [Label.store]: folder() } as const;
  return engineCall('looking for baselines', () => findVolumes(docker, ours));
}

export async function baselineKeys(docker: Dockerode): Promise<readonly string[]> {
  return (await sealsOfWhole(docker)).map(keyOf);
}

export async function baselineRecords(docker: Dockerode): Promise<readonly TemplateRecord[]> {
  return Promise.all(
    (await sealsOfWhole(docker)).map(async (seal) => {
      const { Labels } = seal;
      const created = Labels[Label.created] ?? '';
      const used = await stat(usedFile(keyOf(seal))).catch(() => null);
      return {
        key: keyOf(seal),
        sizeBytes: Number(Labels[Label.size] ?? 0),
        created,
        lastUsed: used?.mtime.toISOString() ?? created,
        madeBy: Labels[Label.image] ?? null,
        project: Labels[Label.project] ?? '',
      };
    }),
  );
}

/**
 * Copies that were cut off, seals without a copy, and what belonged to a cache folder that is gone. What another folder
 * that is there has to do with is not touched: whoever works with that has to know of it.
 */
export async function abandonedVolumes(docker: Dockerode): Promise<readonly Volume[]> {
  const all = await engineCall('looking for baselines', () =>
    findVolumes(docker, { [Label.baseline]: true, [Label.owner]: userId() }),
  );
  const states = await Promise.all(all.map(stateOf));
  const seals = wholeAmong(all);
  const kept = new Set(seals.flatMap(({ Name, Labels }) => [Name, Labels[Label.whole]]));
  return all.filter(({ Name }, index) => {
    const { making, home } = states[index] as Awaited<ReturnType<typeof stateOf>>;
    return !making && (home === 'gone' || (home === 'ours' && !kept.has(Name)));
  });
}

export function isSeal({ Labels }: Volume): boolean {
  return Labels[Label.whole] !== undefined;
}

export function keyOf({ Labels }: Volume): string {
  return Labels[Label.baseline] ?? '';
}

/** Its time is that of the last use. */
export function usedFile(key: string): string {
  return join(folder(), `${key}.used`);
}

function wholeAmong(all: readonly Volume[]): readonly Volume[] {
  const data = new Set(all.filter((volume) => !isSeal(volume)).map(({ Name }) => Name));
  return all.filter(({ Labels }) => data.has(Labels[Label.whole] ?? ''));
}

async function stateOf({ Labels }: Volume) {
  const [pid = '', start = ''] = (Labels[Label.maker] ?? '').split(' ');
  const store = Labels[Label.store] ?? '';
  const gone = await stat(store).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  const home = gone ? 'gone' : store === folder() ? 'ours' : 'another';
  return { making: await isSameProcess(Number(pid), start), home } as const;
}
