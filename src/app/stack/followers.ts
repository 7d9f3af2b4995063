import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { followers } from '../../config/check-data.ts';
import type { Config, DataConfig } from '../../config/config.ts';
import type { LoadedConfig } from '../../config/load.ts';

/** By database the Redis services whose keys go with it. */
export type Followers = ReadonlyMap<string, readonly string[]>;

/** The seeds are read only where it hangs on them. */
export async function resolveFollowers({ config, root }: Pick<LoadedConfig, 'config' | 'root'>): Promise<Followers> {
  const open = config.data.filter(({ redis }) => redis === null);
  const writing = new Set<string>();
  if (open.length > 1) {
    for (const { service, seed } of open) if (await writesKeys(seed, root)) writing.add(service);
  }
  return followersOf(config, writing);
}

/**
 * Keys can go back with one database only: with the one that names their Redis; else, of those that name none, with the
 * first whose seeds write keys, else the first.
 */
export function followersOf(
  { data, services }: Pick<Config, 'data' | 'services'>,
  writing: ReadonlySet<string>,
): Followers {
  const all = followers(
    services,
    data.map(({ service }) => service),
  );
  const leader = (name: string): DataConfig | undefined => {
    const open = data.filter(({ redis }) => redis === null);
    const named = data.find(({ redis }) => redis?.includes(name));
    return named ?? open.find(({ service }) => writing.has(service)) ?? open[0];
  };
  return new Map(data.map((entry) => [entry.service, all.filter((name) => leader(name) === entry)]));
}

/** A description has them under `redis`, whether as YAML, JSON or TypeScript. */
async function writesKeys(seeds: readonly string[], root: string): Promise<boolean> {
  const described = seeds.filter((name) => !name.endsWith('.sql'));
  // What can't be read is told where it is hashed.
  const texts = await Promise.all(described.map((name) => readFile(join(root, name), 'utf8').catch(() => '')));
  return texts.some((text) => /(?:^|[{,])\s*["']?redis["']?\s*:/m.test(text));
}
