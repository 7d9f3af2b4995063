import { isBelow } from '../files.ts';
import type { AppFinding, ProcessFinding, VariableFinding } from '../finding.ts';

/** A process, as far as it is needed to tell what is its own. */
export interface Owner {
  readonly name: string;
  /** Folder of the part of the project that it runs. */
  readonly part: string;
  /** As the files call it. */
  readonly wanted: string;
  /** It runs to its end, such as a migration. */
  readonly once: boolean;
}

/** The part of a project that a process runs. */
export function partOf({ part, cwd }: Pick<ProcessFinding, 'part' | 'cwd'>): string {
  return part ?? cwd;
}

/** The part of a project that a folder belongs to: the nearest above it. */
export function nearestPart(folder: string, parts: readonly string[]): string {
  const above = parts.filter((part) => part !== '.' && (part === folder || isBelow(part, folder)));
  return above.sort((a, b) => b.length - a.length)[0] ?? '.';
}

/** The processes of an app's service: the one of its name, else those of its folder that no other service names. */
export function processesOfApp<P extends Owner>(
  { name, part }: Pick<AppFinding, 'name' | 'part'>,
  processes: readonly P[],
  apps: readonly AppFinding[],
): readonly P[] {
  const nearest = nearestPart(part, partsOf(processes));
  const inPart = processes.filter((process) => process.part === nearest);
  const own = inPart.find(({ wanted, once }) => !once && wanted === name);
  // What runs once before several of them is the first one's.
  const isFirst = apps.find((app) => app.part === part)?.name === name;
  if (own) return [own, ...(isFirst ? inPart.filter(({ once }) => once) : [])];
  return inPart.filter(({ wanted }) => !apps.some((app) => app.name === wanted));
}

/** The processes that a variable is told for; undefined where that is for all of them. */
export function ownersOf(
  { part = '.', app }: VariableFinding,
  processes: readonly Owner[],
  apps: readonly AppFinding[],
): readonly string[] | undefined {
  const nearest = nearestPart(part, partsOf(processes));
  const inPart = nearest === '.' ? [] : processes.filter((process) => process.part === nearest);
  const owners = app === undefined ? inPart : processesOfApp({ name: app, part }, processes, apps);
  return owners.length === 0 || isWhole(owners, processes) ? undefined : owners.map(({ name }) => name);
}

/** Whether these are all that stay: what runs once before them is theirs. */
export function isWhole(some: readonly Pick<Owner, 'name'>[], all: readonly Owner[]): boolean {
  return all.every(({ name, once }) => once || some.some((one) => one.name === name));
}

function partsOf(processes: readonly Owner[]): readonly string[] {
  return [...new Set(processes.map(({ part }) => part))];
}
