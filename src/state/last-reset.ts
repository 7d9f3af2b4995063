import { join } from 'node:path';
import { readJson, writeJson } from '../lib/files.ts';
import { environmentState } from '../lib/paths.ts';

interface LastReset {
  /** ISO 8601. */
  readonly at: string;
}

/** When a service's data was last reset by its schedule, or when that schedule began; null before. */
export async function readLastReset(id: string, service: string): Promise<Date | null> {
  const found = await readJson<LastReset>(fileOf(id, service));
  return found ? new Date(found.at) : null;
}

export function noteReset(id: string, service: string, at: Date): Promise<void> {
  return writeJson(fileOf(id, service), { at: at.toISOString() } satisfies LastReset);
}

function fileOf(id: string, service: string): string {
  return join(environmentState(id), `last-reset-${service}.json`);
}
