import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { acquireOptions, type Suite, suiteSource } from '../apt.ts';
import { timed } from '../progress.ts';
import { mmdebstrap } from './mmdebstrap.ts';
import { cachedLayer, IMAGES_FOLDER, type Layer } from './tar-layer.ts';

/** One tree for each suite holds what all of its images need: built once, stored once by the engine. */
const PACKAGES = ['postgresql', 'redis-server', 'gosu', 'locales', 'ca-certificates', 'libstdc++6', 'procps'];

const HOOKS = ['essential.sh', 'customize.sh'].map((name) => join(IMAGES_FOLDER, 'rootfs', name));

/** Changes with everything that goes into the tree, except for the mirror's newer package versions. */
export async function rootfsKey(suite: Suite): Promise<string> {
  const scripts = await Promise.all(HOOKS.map((path) => readFile(path, 'utf8')));
  return JSON.stringify([suite, PACKAGES, scripts]);
}

export async function rootfsLayer(suite: Suite): Promise<Layer> {
  return cachedLayer(suite, await rootfsKey(suite), (tar) =>
    timed(`built the root file system of ${suite}`, () => buildRootfs(suite, tar)),
  );
}

async function buildRootfs(suite: Suite, tar: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'dte-rootfs-'));
  try {
    const aptOptions = join(scratch, 'apt.conf');
    await writeFile(aptOptions, await acquireOptions());
    const { command, env } = await mmdebstrap();
    const args = [
      '--mode=root',
      '--variant=minbase',
      '--format=tar',
      '--quiet',
      `--include=${PACKAGES.join(',')}`,
      `--aptopt=${aptOptions}`,
      `--essential-hook=${HOOKS[0]}`,
      `--customize-hook=${HOOKS[1]}`,
      suite,
      tar,
      suiteSource(suite),
    ];
    await execa(command, args, {
      env: { ...env, TMPDIR: scratch },
      stdin: 'ignore',
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
