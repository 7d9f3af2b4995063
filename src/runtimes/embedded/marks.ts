import { readdir } from 'node:fs/promises';
import { environmentOf, Label, type Labels } from '../../core/labels.ts';
import type { EnvironmentRecord } from '../../core/runtime.ts';
import { readJson } from '../../lib/files.ts';
import type { Context } from './context.ts';
import { exists } from './exists.ts';
import { environmentFolder, environmentsFolder, type ServiceFolder, serviceFolder } from './folders.ts';

/** `service.json`: all that is known of a service without asking anybody. */
export interface ServiceMark {
  readonly labels: Labels;
  /** Version of the programs when it was created; null when they were not there yet. */
  readonly program: string | null;
}

/** `data.json`: what wrote the data beside it. */
export interface DataMark {
  readonly labels: Labels;
}

export async function environmentRecords(context: Context): Promise<readonly EnvironmentRecord[]> {
  const records: EnvironmentRecord[] = [];
  for (const id of await namesIn(environmentsFolder(context))) {
    const labels = await labelsOf(context, id);
    if (labels.length > 0) records.push(environmentRecord(labels));
  }
  return records;
}

export async function serviceNames(context: Context, environment: string): Promise<readonly string[]> {
  return namesIn(environmentFolder(context, environment));
}

/** Null when there is no data to it: it was being made, or removed, and that was cut off. */
export async function readDataMark(folder: ServiceFolder): Promise<DataMark | null> {
  return (await exists(folder.data)) ? readJson<DataMark>(folder.dataMark) : null;
}

async function labelsOf(context: Context, environment: string): Promise<readonly Labels[]> {
  const found: Labels[] = [];
  for (const name of await serviceNames(context, environment)) {
    const folder = serviceFolder(context, environment, name);
    const marks = [await readJson<ServiceMark>(folder.mark), await readDataMark(folder)];
    for (const mark of marks) if (mark?.labels[Label.environment] === environment) found.push(mark.labels);
  }
  return found;
}

/** Things like the branch may have changed since the data was made: the newest mark tells. */
function environmentRecord(found: readonly Labels[]): EnvironmentRecord {
  const byAge = [...found].sort((a, b) => ((a[Label.created] ?? '') < (b[Label.created] ?? '') ? -1 : 1));
  const newest = environmentOf(byAge[byAge.length - 1] as Labels, 'embedded');
  return { ...newest, created: byAge[0]?.[Label.created] ?? '' };
}

export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
