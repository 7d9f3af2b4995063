import { MOCKS } from '../../config/check-mocks.ts';
import { projectName } from '../../config/finish.ts';
import type { DetailFinding, Finding, Line, NoteFinding } from '../finding.ts';
import { draftData } from './data.ts';
import type { Block, Draft } from './draft.ts';
import { draftEnv } from './env.ts';
import { type DraftMocks, draftMocks } from './mocks.ts';
import { nameGiver } from './names.ts';
import { type DraftProcess, draftProcesses } from './processes.ts';
import { withServiceNeeds } from './service-needs.ts';
import { type DraftService, draftServices } from './services.ts';
import type { Surroundings } from './surroundings.ts';
import { readAddress } from './url.ts';
import { valueFor, withoutNames } from './variables.ts';

/** All findings together: one configuration. Pure. */
export function draftOf(findings: readonly Finding[]): Draft {
  const mocks = draftMocks(findings);
  const giveName = nameGiver(mocks.lines.length > 0 ? [MOCKS] : []);
  const { services, notes: serviceNotes } = draftServices(findings, giveName);
  const { processes, notes: processNotes } = draftProcesses(findings, services, giveName);
  const around: Surroundings = {
    services,
    processes,
    scheme: detailOf(findings, 'scheme'),
    query: detailOf(findings, 'query') ?? '',
    examples: new Map(),
  };
  const env = draftEnv(
    findings.filter((one) => !isGiven(one, mocks)),
    around,
  );
  const own = processes.map((process) => withEnv(process, env.own.get(process.name) ?? []));
  const notes = findings.filter((finding): finding is NoteFinding => finding.kind === 'note');
  return {
    name: nameOf(findings),
    services: withServiceNeeds(services.map((service) => withAddresses(service, around))).map(toBlock),
    data: draftData(findings, services, own),
    processes: own.map(toBlock),
    env: env.all,
    mocks: mocks.lines,
    unset: env.unset,
    notes: distinctNotes([...notes, ...serviceNotes, ...processNotes, ...env.notes, ...mocks.notes]),
  };
}

/** The mocks give it, whatever else says so. */
function isGiven(finding: Finding, { variables }: DraftMocks): boolean {
  return finding.kind === 'variable' && variables.has(finding.name);
}

function detailOf(findings: readonly Finding[], key: DetailFinding['key']): string | undefined {
  return findings.find((finding): finding is DetailFinding => finding.kind === 'detail' && finding.key === key)?.value;
}

function toBlock({ name, because, lines }: Block): Block {
  return { name, because, lines };
}

function withEnv(process: DraftProcess, own: readonly Line[]): DraftProcess {
  if (own.length === 0) return process;
  const value = Object.fromEntries(own.map((line) => [line.key, line.value]));
  return { ...process, lines: [...process.lines, { key: 'env', value, because: [], inner: own }] };
}

function nameOf(findings: readonly Finding[]): Line | undefined {
  const found = findings.find((finding) => finding.kind === 'name');
  if (!found || !/[a-z]/i.test(found.value)) return undefined;
  // Of `@company/shop` the part that tells it from others.
  return { key: 'name', value: projectName(found.value.split('/').at(-1) ?? ''), because: [found.evidence] };
}

/** In variables of plain images addresses of other services are replaced as well, with their passwords. */
function withAddresses(service: DraftService, around: Surroundings): DraftService {
  if (service.engine !== undefined) return service;
  const lines = service.lines.map((line): Line => {
    if (line.key !== 'env') return line;
    const own = Object.entries(line.value as Record<string, string>);
    const hosts = own.map(([, text]) => readAddress(text)?.host ?? text);
    const services = around.services.filter(({ host, name }) => name !== service.name && hosts.includes(host));
    const inside: Surroundings = { ...around, services, processes: [], examples: new Map(own) };
    const values = own.map(([name, text]) => [name, valueFor(name, text, inside) ?? withoutNames(text, around)]);
    return { ...line, value: Object.fromEntries(values) };
  });
  return { ...service, lines };
}

function distinctNotes(notes: readonly NoteFinding[]): readonly NoteFinding[] {
  return [...new Map(notes.map((one) => [JSON.stringify([one.text, one.evidence]), one])).values()];
}
