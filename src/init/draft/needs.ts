import { folderOf } from '../files.ts';
import type { Finding, NeedFinding, ProcessFinding } from '../finding.ts';
import { nearestPart, partOf } from './owners.ts';
import type { DraftService } from './services.ts';

/** A process that has its name. */
interface Named {
  readonly name: string;
  readonly process: ProcessFinding;
}

/** What is known of the whole project. */
interface Known {
  readonly engines: readonly DraftService[];
  readonly migrations: readonly Named[];
  /** Of the processes that stay. */
  readonly parts: readonly string[];
  readonly findings: readonly Finding[];
}

/** What each process waits for: the engines of its part, and the migrations that make what it reads. */
export function neededBy(
  all: readonly Named[],
  services: readonly DraftService[],
  findings: readonly Finding[],
): (process: ProcessFinding) => readonly string[] {
  const isMigration = ({ process }: Named) => process.role === 'migrate';
  const known: Known = {
    engines: services.filter(({ engine }) => engine !== undefined),
    migrations: all.filter(isMigration),
    parts: [...new Set(all.filter((one) => !isMigration(one)).map(({ process }) => partOf(process)))],
    findings,
  };
  return (process) => {
    const own = enginesFor(process, known);
    if (process.role === 'migrate') return namesOf(own.filter(({ engine }) => engine === 'postgres'));
    const part = partOf(process);
    // What only builds a part of the project, such as `tsc --watch`, talks with no server.
    if (process.role === 'other' && part !== '.' && !isAskedFor([part], known)) return [];
    return [...namesOf(own), ...namesOf(migrationsFor(process, known))];
  };
}

/** Of several databases a part needs the one that it names. */
function enginesFor(process: ProcessFinding, { engines }: Known): readonly DraftService[] {
  const part = engines.some(({ parts }) => parts?.includes(partOf(process))) ? partOf(process) : '.';
  return engines.filter(({ parts }) => parts === undefined || parts.includes(part));
}

/**
 * Those of its own part, and those of no part in particular. A part that talks with a database and has none of either
 * lives on the tables of the others; what runs at the top is all of the project.
 */
function migrationsFor(process: ProcessFinding, known: Known): readonly Named[] {
  const { migrations, parts } = known;
  const part = partOf(process);
  if (part === '.') return migrations;
  const near = migrations.filter((one) => ['.', part].includes(nearestPart(partOf(one.process), parts)));
  // What the top asks for may be any part's.
  if (near.length > 0 || !isAskedFor(['.', part], known, 'postgres')) return near;
  const own = enginesFor(process, known);
  return migrations.filter((one) =>
    enginesFor(one.process, known).some((service) => service.engine === 'postgres' && own.includes(service)),
  );
}

/** Whether one of the parts has something in it that makes sense with an engine only. */
function isAskedFor(some: readonly string[], { findings, parts }: Known, engine?: NeedFinding['engine']): boolean {
  return findings
    .filter((finding): finding is NeedFinding => finding.kind === 'need')
    .filter((need) => engine === undefined || need.engine === engine)
    .some(({ evidence: { file } }) => file !== undefined && some.includes(nearestPart(folderOf(file), parts)));
}

function namesOf(list: readonly { readonly name: string }[]): readonly string[] {
  return list.map(({ name }) => name);
}
