import { join } from 'node:path';
import type { Loaded } from '../core/data/baseline.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { environmentState } from '../lib/paths.ts';

/** What an environment's data was loaded from, part by part: without it devenv can say that, but not what, has changed. */
export async function noteLoaded(id: string, { baseline, parts }: Loaded): Promise<void> {
  if ((await readLoaded(id))?.baseline === baseline) return;
  await writeJson(fileOf(id), { baseline, parts } satisfies Loaded);
}

export function readLoaded(id: string): Promise<Loaded | null> {
  return readJson<Loaded>(fileOf(id));
}

function fileOf(id: string): string {
  return join(environmentState(id), 'loaded.json');
}
