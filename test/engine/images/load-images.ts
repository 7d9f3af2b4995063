import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { callEngine } from '../engine-http.ts';
import { cachePath, shortHash } from '../paths.ts';
import { timed } from '../progress.ts';
import { type ImageSpec, imageSpec } from './catalog.ts';
import { rootfsKey, rootfsLayer } from './rootfs.ts';
import { entriesKey, entriesLayer, type Layer } from './tar-layer.ts';

/** Fixed, so that the same layers make the same image id. */
const CREATED = '2025-01-01T00:00:00Z';

const RECIPE_LABEL = 'devenv-test.recipe';

interface Image {
  spec: ImageSpec;
  layers: Layer[];
}

/** Builds what is not in the cache and loads it all with one upload, in which shared layers appear once. */
export async function buildAndLoad(host: string, names: string[]): Promise<void> {
  const images: Image[] = [];
  for (const name of names) images.push(await buildImage(imageSpec(name)));
  await timed(`loaded ${names.join(', ')}`, () => loadImages(host, images));
}

/**
 * Which images the engine lacks or has from an older recipe. An image of the same name that was not
 * built here, such as the official one, is as good as ours.
 */
export async function missingImages(host: string, names: string[]): Promise<string[]> {
  const images: {
    RepoTags: string[] | null;
    Labels: Record<string, string> | null;
  }[] = JSON.parse(await callEngine(host, '/images/json'));
  const recipes = await Promise.all(names.map((name) => recipe(imageSpec(name))));
  return names.filter((name, index) => {
    const image = images.find(({ RepoTags }) => RepoTags?.includes(name));
    const builtFrom = image?.Labels?.[RECIPE_LABEL];
    return !image || (builtFrom !== undefined && builtFrom !== recipes[index]);
  });
}

async function recipe(spec: ImageSpec): Promise<string> {
  const keys = [await rootfsKey(spec.suite), ...(await Promise.all(spec.layers.map(entriesKey)))];
  return shortHash(JSON.stringify([spec.config, keys]));
}

async function buildImage(spec: ImageSpec): Promise<Image> {
  const layers = [await rootfsLayer(spec.suite)];
  for (const entries of spec.layers) layers.push(await entriesLayer(entries));
  return { spec, layers };
}

/**
 * The format of `docker save`, which every engine loads: a manifest, a config for each image and the
 * layers' tars. Written without an engine, so that one cache serves all of them.
 */
async function loadImages(host: string, images: Image[]): Promise<void> {
  await mkdir(cachePath('layers'), { recursive: true });
  const stage = await mkdtemp(cachePath('layers', 'load-'));
  try {
    await writeArchive(stage, images);
    const tar = execa('tar', ['-C', stage, '-cf', '-', '.'], {
      buffer: false,
      encoding: 'buffer',
    });
    const [answer] = await Promise.all([
      callEngine(host, '/images/load?quiet=1', {
        method: 'POST',
        body: tar.stdout,
      }),
      tar,
    ]);
    const failure = /"error":"([^"]*)"/.exec(answer)?.[1];
    if (failure) throw new Error(`The engine could not load the images: ${failure}`);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

async function writeArchive(stage: string, images: Image[]): Promise<void> {
  const layers = new Map(images.flatMap((image) => image.layers.map((layer) => [layer.diffId, layer])));
  for (const { diffId, tar } of layers.values()) {
    await mkdir(join(stage, diffId));
    await link(tar, join(stage, diffId, 'layer.tar'));
  }
  const manifest = await Promise.all(
    images.map(async (image) => ({
      Config: await writeConfig(stage, image),
      RepoTags: [image.spec.name],
      Layers: image.layers.map((layer) => `${layer.diffId}/layer.tar`),
    })),
  );
  await writeFile(join(stage, 'manifest.json'), JSON.stringify(manifest));
}

async function writeConfig(stage: string, { spec, layers }: Image): Promise<string> {
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: CREATED,
    config: { ...spec.config, Labels: { [RECIPE_LABEL]: await recipe(spec) } },
    rootfs: {
      type: 'layers',
      diff_ids: layers.map((layer) => `sha256:${layer.diffId}`),
    },
    history: layers.map(() => ({
      created: CREATED,
      created_by: 'devenv test engine',
    })),
  });
  const name = `${createHash('sha256').update(config).digest('hex')}.json`;
  await writeFile(join(stage, name), config);
  return name;
}
