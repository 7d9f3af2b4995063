import { isIdentifier } from '../compose/service.ts';
import type {
  DetailFinding,
  EngineName,
  Evidence,
  Finding,
  Line,
  NeedFinding,
  NoteFinding,
  ServiceFinding,
  ServicePort,
  VariableFinding,
} from '../finding.ts';
import { note } from '../finding.ts';
import type { Block } from './draft.ts';
import { slug } from './names.ts';
import { isPostgres, isRedis, readAddress } from './url.ts';

/** A service of the draft, with what is needed to recognise it in addresses. */
export interface DraftService extends Block {
  readonly engine: EngineName | undefined;
  /** Its name in the file that it comes from. */
  readonly host: string;
  readonly ports: readonly ServicePort[];
  readonly needs: readonly string[];
}

export interface Services {
  readonly services: readonly DraftService[];
  readonly notes: readonly NoteFinding[];
}

const USUAL_NAMES: Readonly<Record<EngineName, readonly string[]>> = {
  postgres: ['db', 'postgres', 'database'],
  redis: ['cache', 'redis', 'queue'],
};

/** Current, and to be had on every runtime. Redis is left open: what a machine has without Docker differs. */
const POSTGRES_VERSION = '17';
const REDIS_VERSION = '8';

/** Extensions that only another image has. */
const IMAGES: Readonly<Record<string, (version: string) => string>> = {
  vector: (version) => `pgvector/pgvector:pg${version}`,
  postgis: (version) => `postgis/postgis:${version}-3.5`,
};

export function draftServices(findings: readonly Finding[], giveName: (wanted: string) => string): Services {
  const declared = findings.filter((finding): finding is ServiceFinding => finding.kind === 'service');
  const needs = [
    ...findings.filter((finding): finding is NeedFinding => finding.kind === 'need'),
    ...neededBy(findings),
  ];
  const details = findings.filter((finding): finding is DetailFinding => finding.kind === 'detail');
  const services = [...declared.map((one) => fromDeclared(one, giveName))];
  const notes: NoteFinding[] = [];
  for (const engine of ['postgres', 'redis'] as const) {
    const own = needs.filter((need) => need.engine === engine);
    const index = services.findIndex((service) => service.engine === engine);
    const found = services[index] ?? (own.length > 0 ? fromNeed(engine, services, giveName) : undefined);
    if (!found) continue;
    const complete = withDetails(found, engine, [...details, ...databasesIn(findings)], notes);
    const because = [...found.because, ...own.map(({ evidence }) => evidence)];
    services.splice(index < 0 ? services.length : index, 1, { ...complete, because: distinct(because) });
  }
  const names = new Map(services.map(({ host, name }) => [host, name]));
  const known = services.map((one) => ({ ...one, needs: one.needs.flatMap((host) => names.get(host) ?? []) }));
  return { services: known.map((one) => withVersion(withNeeds(one, known), notes)), notes };
}

function fromDeclared(one: ServiceFinding, giveName: (wanted: string) => string): DraftService {
  const { engine, evidence, lines, ports, needs } = one;
  const head: readonly Line[] = engine ? [{ key: 'engine', value: engine, because: [] }] : [];
  const name = giveName(slug(one.name, engine ? (USUAL_NAMES[engine][0] ?? engine) : 'service'));
  return { name, engine, host: one.name, ports, needs, because: [evidence], lines: [...head, ...lines] };
}

function fromNeed(
  engine: EngineName,
  others: readonly DraftService[],
  giveName: (wanted: string) => string,
): DraftService {
  const free = USUAL_NAMES[engine].find((name) => !others.some((other) => other.name === name)) ?? engine;
  const lines = [{ key: 'engine', value: engine, because: [] }];
  return { name: giveName(free), engine, host: '', ports: [], needs: [], because: [], lines };
}

/** Addresses in examples: an app that is given one talks with such a server. */
function neededBy(findings: readonly Finding[]): readonly NeedFinding[] {
  return findings.flatMap((finding): readonly NeedFinding[] => {
    const address = finding.kind === 'variable' ? readAddress(finding.example ?? '') : undefined;
    if (!address) return [];
    const engine = isPostgres(address) ? 'postgres' : isRedis(address) ? 'redis' : undefined;
    return engine ? [{ kind: 'need', engine, evidence: finding.evidence }] : [];
  });
}

const NAME_OF_DATABASE = /^(PGDATABASE|(POSTGRES|POSTGRESQL|PG|DB|DATABASE)_(DB|NAME|DATABASE))$/;

/** The name of the database in examples, of the first that isn't for tests. */
function databasesIn(findings: readonly Finding[]): readonly DetailFinding[] {
  const variables = findings.filter((finding): finding is VariableFinding => finding.kind === 'variable');
  return variables.flatMap(({ name, example = '', evidence }): readonly DetailFinding[] => {
    const address = readAddress(example);
    const value = address && isPostgres(address) ? address.path : NAME_OF_DATABASE.test(name) ? example : '';
    if (/TEST|SHADOW/.test(name) || !isIdentifier(value)) return [];
    return [{ kind: 'detail', engine: 'postgres', key: 'database', value, evidence }];
  });
}

function withDetails(
  service: DraftService,
  engine: EngineName,
  details: readonly DetailFinding[],
  notes: NoteFinding[],
): DraftService {
  const told = (key: DetailFinding['key']) => details.filter((one) => one.engine === engine && one.key === key);
  const has = (key: string) => service.lines.some((line) => line.key === key);
  const [version] = told('version');
  const [database] = told('database');
  const extensions = [...new Map(told('extension').map((one) => [one.value, one])).values()];
  const major = String(service.lines.find(({ key }) => key === 'version')?.value ?? version?.value ?? POSTGRES_VERSION);
  const richer = has('image') ? undefined : extensions.find(({ value }) => Object.hasOwn(IMAGES, value));
  const image = richer && IMAGES[richer.value]?.(major);
  if (richer) notes.push(note(`${richer.value} is in no image of postgres itself: ${image} has it`, richer.evidence));
  const [head, ...rest] = service.lines;
  const lines: (Line | undefined)[] = [
    head,
    version && !has('version') ? { key: 'version', value: version.value, because: [version.evidence] } : undefined,
    ...rest.filter(({ key }) => key === 'version'),
    richer && image ? { key: 'image', value: image, because: [richer.evidence] } : undefined,
    ...rest.filter(({ key }) => key !== 'version'),
    database && !has('database') ? { key: 'database', value: database.value, because: [database.evidence] } : undefined,
    extensions.length > 0
      ? {
          key: 'extensions',
          value: extensions.map(({ value }) => value),
          because: extensions.map((one) => one.evidence),
        }
      : undefined,
  ];
  return { ...service, lines: lines.filter((line) => line !== undefined) };
}

function withVersion(service: DraftService, notes: NoteFinding[]): DraftService {
  const has = (key: string) => service.lines.some((line) => line.key === key);
  const { engine, lines } = service;
  if (engine === undefined || has('version')) return service;
  if (engine === 'redis' && !has('image')) {
    const because = [{ what: 'the newest that is to be had: nothing here tells a version' }];
    return { ...service, lines: lines.map((line) => (line.key === 'engine' ? { ...line, because } : line)) };
  }
  const value = engine === 'postgres' ? POSTGRES_VERSION : REDIS_VERSION;
  const [head, ...rest] = lines;
  const line: Line = { key: 'version', value, because: [{ what: 'default: nothing here tells a version' }] };
  if (has('image'))
    notes.push(note(`${service.name}: version ${value} is a guess; say the one of the image`, { what: '' }));
  return { ...service, lines: [...(head ? [head] : []), line, ...rest] };
}

/** Without those that go round in a circle, which Compose itself would refuse. */
function withNeeds(service: DraftService, all: readonly DraftService[]): DraftService {
  const needs = [...new Set(service.needs)].filter((name) => !reaches(name, service.name, all, new Set()));
  if (needs.length === 0) return service;
  return { ...service, lines: [...service.lines, { key: 'needs', value: needs, because: [] }] };
}

function reaches(from: string, to: string, all: readonly DraftService[], seen: Set<string>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const needs = all.find(({ name }) => name === from)?.needs ?? [];
  return needs.some((next) => reaches(next, to, all, seen));
}

function distinct(list: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
