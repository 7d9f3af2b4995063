import { folderOf } from '../files.ts';
import {
  type Evidence,
  type Finding,
  type NeedFinding,
  note,
  type ProcessFinding,
  type VariableFinding,
} from '../finding.ts';
import { slug } from './names.ts';
import { nearestPart, partOf } from './owners.ts';
import type { DraftService, Services } from './services.ts';
import { databasesIn } from './told.ts';

/** A database that a part of the project names for itself. */
interface Own {
  readonly part: string;
  readonly database: string;
  readonly evidence: Evidence;
}

/**
 * Parts that name different databases get one each: two apps in one would run into each other's tables. A service has
 * one, so each is a service.
 */
export function withOwnDatabases(
  services: readonly DraftService[],
  findings: readonly Finding[],
  giveName: (wanted: string) => string,
): Services {
  const parts = partsIn(findings);
  const named = ownDatabases(findings, parts);
  const index = services.findIndex(({ engine }) => engine === 'postgres');
  const base = services[index];
  if (!base || new Set(named.map(({ database }) => database)).size < 2) return { services, notes: [] };
  const partsWith = (database: string) => named.filter((one) => one.database === database).map(({ part }) => part);
  const has = (one: DraftService, database: string) => one.engine === 'postgres' && databaseOf(one) === database;
  const missing = named.filter(
    ({ database }, at) =>
      named.findIndex((one) => one.database === database) === at && !services.some((one) => has(one, database)),
  );
  const further = missing.map(({ database, evidence }): DraftService => {
    const name = giveName(slug(`${database.replace(/[_-]?db$/i, '')}-db`, 'db'));
    return { ...base, name, lines: withDatabase(base, database, evidence), needs: [] };
  });
  const partAt = ({ file }: Evidence) => (file === undefined ? '.' : nearestPart(folderOf(file), parts));
  const all = [...services.slice(0, index + 1), ...further, ...services.slice(index + 1)].map((one) => {
    const own = one.engine === 'postgres' ? partsWith(databaseOf(one) ?? '') : [];
    if (own.length === 0) return one;
    return { ...one, parts: own, because: one.because.filter((seen) => ['.', ...own].includes(partAt(seen))) };
  });
  // What the top one names is everybody's who names none.
  const isLeft = (part: string) => !named.some((one) => one.part === part || one.part === '.');
  const notes = findings
    .filter((finding): finding is NeedFinding => finding.kind === 'need' && finding.engine === 'postgres')
    .filter(({ evidence }) => partAt(evidence) !== '.' && isLeft(partAt(evidence)))
    .map(({ evidence }) => note('has no database: other parts name different ones, and this one names none', evidence));
  return { services: all, notes };
}

export function databaseOf({ lines }: Pick<DraftService, 'lines'>): string | undefined {
  const value = lines.find(({ key }) => key === 'database')?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The same server but for what is in it. */
function withDatabase({ lines }: DraftService, database: string, evidence: Evidence): DraftService['lines'] {
  return lines
    .filter(({ key }) => key !== 'volumes')
    .map((line) => (line.key === 'database' ? { ...line, value: database, because: [evidence] } : line));
}

/** One for each part, the first that it names. What is told at the top counts where a part names none itself. */
function ownDatabases(findings: readonly Finding[], parts: readonly string[]): readonly Own[] {
  const variables = findings.filter((finding): finding is VariableFinding => finding.kind === 'variable');
  const all = ['.', ...parts.filter((part) => part !== '.')].flatMap((part): readonly Own[] => {
    const own = variables.filter((one) => nearestPart(one.part ?? '.', parts) === part);
    const [first] = databasesIn(own);
    return first ? [{ part, database: first.value, evidence: first.evidence }] : [];
  });
  const covered = parts.every((part) => all.some((one) => one.part === part && part !== '.'));
  return all.filter(({ part }) => part !== '.' || !covered);
}

function partsIn(findings: readonly Finding[]): readonly string[] {
  const processes = findings.filter((finding): finding is ProcessFinding => finding.kind === 'process');
  return [...new Set(processes.map(partOf))];
}
