import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataConfig } from '../../config/config.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Content, Service } from '../../core/stack.ts';
import { hashOf } from '../../lib/hash.ts';
import { whyNone } from '../data/baseline-limit.ts';

/**
 * What the configuration says of a service's content, with a hash of all that it is made from. `followers`: by database
 * the Redis services whose keys go with it.
 */
export async function resolveContent(
  { config, root }: Pick<LoadedConfig, 'config' | 'root'>,
  { name, launch }: Pick<Service, 'name' | 'launch'>,
  followers: ReadonlyMap<string, readonly string[]>,
): Promise<Content | null> {
  const position = config.data.findIndex(({ service }) => service === name);
  const data = config.data[position];
  if (!data) return null;
  const { migrate, seed, allow, spares } = data;
  const redis = followers.get(name) ?? [];
  const files = migrate ? await filesOf(migrate.files, root) : [];
  const hashes = await Promise.all(
    [...files.sort(), ...seed].map(async (file) => [file, await hashOfFile(root, file)] as const),
  );
  const from = launch.template?.key ?? launch.fingerprint;
  // What a newer Redis has kept an older one can't read.
  const versions = redis.map((other) => [other, config.services[other]?.version ?? ''] as const);
  return {
    migrate: migrate && { line: migrate.run, cwd: root },
    seeds: seed.map((file) => ({ name: file, path: join(root, file) })),
    // By name, too: one command may fill several databases, each with something else.
    baseline: hashOf({ name, from, migrate: migrate?.run ?? null, hashes, ...(redis.length > 0 ? { versions } : {}) }),
    parts: {
      [`services.${name}`]: `#${hashOf(from)}`,
      ...Object.fromEntries(versions.map(([other, version]) => [`services.${other}`, `redis ${version}`.trim()])),
      ...(migrate ? { 'data.migrate.run': migrate.run } : {}),
      ...Object.fromEntries(hashes.map(([file, hash]) => [file, hash === null ? 'no file' : `#${hash.slice(0, 16)}`])),
    },
    unshared: whyNone() ?? whyUnshared(data, launch, files),
    allow,
    redis,
    spares,
    position,
  };
}

/** A hash that leaves something out would give another checkout what it doesn't ask for. */
function whyUnshared(
  { migrate }: DataConfig,
  { template }: Service['launch'],
  files: readonly string[],
): string | null {
  if (migrate && migrate.files.length === 0) return 'data.migrate.files does not say what the migration reads';
  if (migrate && files.length === 0) return 'data.migrate.files names nothing that is there';
  return template === null ? 'scripts that devenv does not know take part in making its data' : null;
}

/** The library is loaded for those who have such files. */
async function filesOf(globs: readonly string[], root: string): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  return glob([...globs], { cwd: root, dot: true });
}

/** Null where there is none: that stops only what has to run it. */
async function hashOfFile(root: string, file: string): Promise<string | null> {
  try {
    return createHash('sha256')
      .update(await readFile(join(root, file)))
      .digest('hex');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    const message = `${file} can't be read (${code})`;
    throw new ConfigError([{ file: 'configuration', path: 'data', message }]);
  }
}
