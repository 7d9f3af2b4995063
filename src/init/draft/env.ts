import { type AppFinding, type Finding, type Line, type NoteFinding, note, type VariableFinding } from '../finding.ts';
import { besideHosts, conventional } from './beside.ts';
import { databaseOf } from './databases.ts';
import type { Draft } from './draft.ts';
import { isRefused } from './names.ts';
import { isWhole, ownersOf } from './owners.ts';
import type { Surroundings } from './surroundings.ts';
import { databasesIn } from './told.ts';
import { isPostgres, readAddress } from './url.ts';
import { valueFor, withoutNames } from './variables.ts';

export interface Env {
  /** For all processes. */
  readonly all: readonly Line[];
  /** For one process, by its name. */
  readonly own: ReadonlyMap<string, readonly Line[]>;
  readonly unset: Draft['unset'];
  readonly notes: readonly NoteFinding[];
}

/** What is told of a variable for all of the project, or for some of its processes. */
interface Claim {
  /** Undefined: all of them. */
  readonly owners: readonly string[] | undefined;
  readonly variable: VariableFinding;
  /** Undefined for what only the app's people know. */
  readonly value: string | undefined;
  /** It is the text itself, and leads to nothing here. */
  readonly isPlain: boolean;
}

/** Where a variable goes. */
type Placed = { readonly key: string; readonly owners: readonly string[] | undefined; readonly line: Line };

/** devenv gives PORT to each process itself; the others have a default in whatever reads them. */
const GIVEN = new Set(['PORT', 'HOST', 'NODE_ENV']);
/** They are about where it listens inside of a container. */
const LISTENS = new Set(['PORT', 'HOST']);

/** Which variables there are and what they get: for all, where nothing says otherwise, else for the processes they are told for. */
export function draftEnv(findings: readonly Finding[], bare: Surroundings): Env {
  const told = findings.filter(
    // Other tools allow names that no shell has.
    (one): one is VariableFinding => one.kind === 'variable' && /^[A-Za-z_]\w*$/.test(one.name) && !isRefused(one.name),
  );
  const variables = distinct(told);
  const around: Surroundings = { ...bare, examples: examplesOf(variables) };
  const claims = claimsOf(told, variables, around, findings);
  const placed = variables.flatMap(({ name }) => place(claims.get(name) ?? [], around));
  const all = placed.filter(({ owners }) => owners === undefined).map(({ line }) => line);
  const own = ownLines(placed, around);
  const every = [...all, ...[...own.values()].flat()];
  const hosts = besideHosts(all, around);
  const further = [...own].map(([name, lines]) => ({ name, beside: besideHosts(lines, around, all) }));
  return {
    all: [...all, ...conventional(every, around), ...hosts.lines],
    own: new Map(further.map(({ name, beside }) => [name, [...(own.get(name) ?? []), ...beside.lines]])),
    unset: variables
      .filter(({ name, listed }) => listed && !GIVEN.has(name) && !every.some(({ key }) => key === name))
      .map(({ name, evidence }) => ({ name, evidence })),
    notes: [
      ...[...claims.values()].flatMap((list) => conflicts(list)),
      ...hosts.notes,
      ...further.flatMap(({ beside }) => beside.notes),
    ],
  };
}

/** Each name once: where it has an example, that counts. */
function distinct(told: readonly VariableFinding[]): readonly VariableFinding[] {
  const variables = new Map<string, VariableFinding>();
  for (const finding of told) {
    const before = variables.get(finding.name);
    if (!before) variables.set(finding.name, finding);
    else if (before.example === undefined || before.example === 'postgres://') {
      variables.set(finding.name, { ...finding, listed: before.listed || finding.listed });
    } else if (finding.listed) variables.set(finding.name, { ...before, listed: true });
  }
  return [...variables.values()];
}

function examplesOf(variables: readonly VariableFinding[]): ReadonlyMap<string, string> {
  return new Map(variables.map(({ name, example }) => [name, example ?? '']));
}

/** By the variable's name; where only the code reads it, one claim for all. */
function claimsOf(
  told: readonly VariableFinding[],
  variables: readonly VariableFinding[],
  around: Surroundings,
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Claim[]> {
  const apps = findings.filter((finding): finding is AppFinding => finding.kind === 'app');
  const groups = new Map<string, VariableFinding[]>();
  for (const one of told) {
    const key = JSON.stringify(ownersOf(one, around.processes, apps) ?? null);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const claims = new Map<string, Claim[]>();
  for (const [key, group] of groups) {
    const owners: readonly string[] | undefined = JSON.parse(key) ?? undefined;
    const near = owners === undefined ? around : aroundOwners(group, around);
    for (const variable of distinct(group)) {
      const merged = variables.find(({ name }) => name === variable.name);
      const isTold = variable.example !== undefined || variable.plain !== undefined;
      // Only its name is known: it is what the others say, or the one that all of them get.
      if (!isTold && merged?.example !== undefined) continue;
      const list = claims.get(variable.name) ?? [];
      claims.set(variable.name, [...list, claim(isTold ? owners : undefined, variable, near)]);
    }
  }
  return claims;
}

/** What an owner names of itself goes before what is told elsewhere, also which database is meant. */
function aroundOwners(group: readonly VariableFinding[], around: Surroundings): Surroundings {
  const [named] = databasesIn(group);
  const isOwn = (service: Surroundings['services'][number]) =>
    named !== undefined && service.engine === 'postgres' && databaseOf(service) === named.value;
  return {
    ...around,
    services: [...around.services].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a))),
    examples: new Map([...around.examples, ...examplesOf(group)]),
  };
}

function claim(owners: Claim['owners'], variable: VariableFinding, around: Surroundings): Claim {
  const { name, example, plain } = variable;
  const value = GIVEN.has(name) ? undefined : valueFor(name, example, around);
  if (value !== undefined || plain === undefined || LISTENS.has(name))
    return { owners, variable, value, isPlain: false };
  return { owners, variable, value: withoutNames(plain, around), isPlain: true };
}

/** One line for all where all that is told of it is the same, else one for those that it is told for. */
function place(claims: readonly Claim[], { processes }: Surroundings): readonly Placed[] {
  const known = claims.filter(({ value }) => value !== undefined);
  const [first] = known;
  if (!first) return [];
  const isSame = known.length === claims.length && known.every(({ value }) => value === first.value);
  const owners = known.flatMap((one) => (one.owners ?? []).map((name) => ({ name })));
  const isForAll =
    !known.some(({ isPlain }) => isPlain) || known.some((one) => !one.owners) || isWhole(owners, processes);
  const placed = isSame && isForAll ? [{ ...first, owners: undefined }] : known;
  return placed.map(({ owners, variable: { name: key, evidence }, value }) => ({
    key,
    owners,
    line: { key, value, because: [evidence] },
  }));
}

/** Of several that are told for one process the first counts. */
function ownLines(placed: readonly Placed[], { processes }: Surroundings): ReadonlyMap<string, readonly Line[]> {
  const own = processes.map(({ name }): readonly [string, readonly Line[]] => {
    const mine = placed.filter(({ owners }) => owners?.includes(name));
    return [
      name,
      mine.filter(({ key }, index) => mine.findIndex((one) => one.key === key) === index).map(({ line }) => line),
    ];
  });
  return new Map(own.filter(([, lines]) => lines.length > 0));
}

/** A database that nothing here has, where others of the same variable have theirs. */
function conflicts(claims: readonly Claim[]): readonly NoteFinding[] {
  if (!claims.some(({ value }) => value !== undefined)) return [];
  return claims.flatMap(({ value, variable: { name, example = '', evidence } }) => {
    const address = readAddress(example);
    if (value !== undefined || !address || !isPostgres(address) || /TEST|SHADOW/.test(name)) return [];
    return [note('left out: it names a database that is none of the services here', evidence)];
  });
}
