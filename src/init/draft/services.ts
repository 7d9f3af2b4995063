import { engines } from '../../engines/index.ts';
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
} from '../finding.ts';
import { withOwnDatabases } from './databases.ts';
import { withDetails, withVersion } from './details.ts';
import type { Block } from './draft.ts';
import { slug } from './names.ts';
import { databasesIn, neededBy } from './told.ts';

/** A service of the draft, with what is needed to recognise it in addresses. */
export interface DraftService extends Block {
  readonly engine: EngineName | undefined;
  /** Its name in the file that it comes from. */
  readonly host: string;
  readonly ports: readonly ServicePort[];
  readonly needs: readonly string[];
  /** Where a version is told that devenv does not have. */
  readonly unknownVersion?: Evidence;
  /** The parts of the project whose database it has, where others have another; default: all. */
  readonly parts?: readonly string[];
}

export interface Services {
  readonly services: readonly DraftService[];
  readonly notes: readonly NoteFinding[];
}

const USUAL_NAMES: Readonly<Record<EngineName, readonly string[]>> = {
  postgres: ['db', 'postgres', 'database'],
  redis: ['cache', 'redis', 'queue'],
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
    // A plain image on its port is another kind of the same server, such as Redis with modules.
    const another = index < 0 && services.some((one) => isOn(one, engines[engine].port));
    if (another || (index < 0 && own.length === 0)) continue;
    const found = services[index] ?? fromNeed(engine, services, giveName);
    const complete = withDetails(found, engine, [...details, ...databasesIn(findings)], notes);
    const because = [...found.because, ...own.map(({ evidence }) => evidence)];
    services.splice(index < 0 ? services.length : index, 1, { ...complete, because: distinct(because) });
  }
  const names = new Map(services.map(({ host, name }) => [host, name]));
  const own = withOwnDatabases(services, findings, giveName);
  notes.push(...own.notes);
  const known = own.services.map((one) => ({
    ...one,
    needs: one.needs.flatMap((host) => names.get(host) ?? []),
  }));
  return { services: known.map((one) => withVersion(one, notes)), notes };
}

function isOn({ ports }: DraftService, port: number): boolean {
  return ports.some(({ container }) => container === port);
}

function fromDeclared(one: ServiceFinding, giveName: (wanted: string) => string): DraftService {
  const { engine, evidence, lines, ports, needs, unknownVersion } = one;
  const head: readonly Line[] = engine ? [{ key: 'engine', value: engine, because: [] }] : [];
  const name = giveName(slug(one.name, engine ? (USUAL_NAMES[engine][0] ?? engine) : 'service'));
  const told = unknownVersion ? { unknownVersion } : {};
  return { name, engine, host: one.name, ports, needs, ...told, because: [evidence], lines: [...head, ...lines] };
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

function distinct(list: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
