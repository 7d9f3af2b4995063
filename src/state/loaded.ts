import { join } from 'node:path';
import type { Loaded } from '../core/data/baseline.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { environmentState } from '../lib/paths.ts';

/** What a service's data was loaded from, part by part: without it devenv can say that, but not what, has changed. */
export async function noteLoaded(id: string, service: string, { baseline, parts }: Loaded): Promise<void> {
  if ((await readLoaded(id, service))?.baseline === baseline) return;
  await writeJson(fileOf(id, service), { baseline, parts } satisfies Loaded);
}

export function readLoaded(id: string, service: string): Promise<Loaded | null> {
  return readJson<Loaded>(fileOf(id, service));
}

function fileOf(id: string, service: string): string {
  return join(environmentState(id), `loaded-${service}.json`);
}
