import { projectName } from '../../config/finish.ts';
import type { DetailFinding, Evidence, Finding, Line, NoteFinding, VariableFinding } from '../finding.ts';
import type { Block, Draft } from './draft.ts';
import { isRefused, nameGiver } from './names.ts';
import { draftProcesses } from './processes.ts';
import { type DraftService, draftServices } from './services.ts';
import type { Surroundings } from './surroundings.ts';
import { readAddress } from './url.ts';
import { valueFor } from './variables.ts';

/** All findings together: one configuration. Pure. */
export function draftOf(findings: readonly Finding[]): Draft {
  const giveName = nameGiver();
  const { services, notes: serviceNotes } = draftServices(findings, giveName);
  const { processes, notes: processNotes } = draftProcesses(findings, services, giveName);
  const variables = distinctVariables(findings);
  const around: Surroundings = {
    services,
    processes,
    scheme: detailOf(findings, 'scheme'),
    query: detailOf(findings, 'query') ?? '',
    examples: new Map(variables.map(({ name, example }) => [name, example ?? ''])),
  };
  const env = envOf(variables, around);
  const notes = findings.filter((finding): finding is NoteFinding => finding.kind === 'note');
  return {
    name: nameOf(findings),
    services: services.map((service) => toBlock(withAddresses(service, around))),
    processes: processes.map(toBlock),
    env,
    unset: unsetOf(variables, env),
    notes: distinctNotes([...notes, ...serviceNotes, ...processNotes]),
  };
}

function detailOf(findings: readonly Finding[], key: DetailFinding['key']): string | undefined {
  return findings.find((finding): finding is DetailFinding => finding.kind === 'detail' && finding.key === key)?.value;
}

function toBlock({ name, because, lines }: Block): Block {
  return { name, because, lines };
}

function nameOf(findings: readonly Finding[]): Line | undefined {
  const found = findings.find((finding) => finding.kind === 'name');
  if (!found || !/[a-z]/i.test(found.value)) return undefined;
  // Of `@company/shop` the part that tells it from others.
  return { key: 'name', value: projectName(found.value.split('/').at(-1) ?? ''), because: [found.evidence] };
}

/** Each name once: where it has an example, that counts. */
function distinctVariables(findings: readonly Finding[]): readonly VariableFinding[] {
  const variables = new Map<string, VariableFinding>();
  for (const finding of findings) {
    // Other tools allow names that no shell has.
    if (finding.kind !== 'variable' || !/^[A-Za-z_]\w*$/.test(finding.name) || isRefused(finding.name)) continue;
    const before = variables.get(finding.name);
    if (!before) variables.set(finding.name, finding);
    else if (before.example === undefined || before.example === 'postgres://') {
      variables.set(finding.name, { ...finding, listed: before.listed || finding.listed });
    } else if (finding.listed) variables.set(finding.name, { ...before, listed: true });
  }
  return [...variables.values()];
}

/** devenv gives these to each process itself. */
const GIVEN = new Set(['PORT', 'HOST', 'NODE_ENV']);

function envOf(variables: readonly VariableFinding[], around: Surroundings): readonly Line[] {
  const told = variables.flatMap(({ name, example, evidence }): readonly Line[] => {
    const value = GIVEN.has(name) ? undefined : valueFor(name, example, around);
    return value === undefined ? [] : [{ key: name, value, because: [evidence] }];
  });
  return [
    ...told,
    ...around.services.flatMap((service) => [...conventional(service, told, around), ...password(service, told)]),
  ];
}

const CONVENTIONS = { postgres: 'DATABASE_URL', redis: 'REDIS_URL' } as const;

/** An engine that no variable leads to would be of no use: the usual name is as good as any. */
function conventional(service: DraftService, told: readonly Line[], around: Surroundings): readonly Line[] {
  const { name, engine } = service;
  const used = told.some(({ value }) => String(value).includes(`\${${name}.`));
  if (engine === undefined || used) return [];
  const key = CONVENTIONS[engine];
  if (told.some((line) => line.key === key)) return [];
  const first = around.services.find((other) => other.engine === engine);
  const value = valueFor(key, undefined, around);
  const because: readonly Evidence[] = [{ what: 'the usual name: nothing here tells another' }];
  return first !== service || value === undefined ? [] : [{ key, value, because }];
}

/** devenv's Redis has a password, also where the app has none so far. */
function password({ name, engine }: DraftService, told: readonly Line[]): readonly Line[] {
  const uses = (word: string) => told.find(({ value }) => String(value).includes(`\${${name}.${word}}`));
  const host = uses('host');
  if (engine !== 'redis' || !host || uses('password')) return [];
  const key = `${host.key.replace(/_?(HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/, '')}_PASSWORD`;
  const what = 'this Redis has a password, which the app has to give';
  return [{ key, value: `\${${name}.password}`, because: [{ what }] }];
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

/** `${db:-x}` would mean the service here, where Compose means a variable of that name. */
function withoutNames(text: string, { services, processes }: Surroundings): string {
  const names = new Set([...services, ...processes].map(({ name }) => name));
  return text.replace(/\$\{([\w-]+):-([^}]*)\}/g, (whole, name: string, instead: string) =>
    names.has(name) ? instead : whole,
  );
}

function unsetOf(variables: readonly VariableFinding[], env: readonly Line[]): Draft['unset'] {
  return variables
    .filter(({ name, listed }) => listed && !GIVEN.has(name) && !env.some(({ key }) => key === name))
    .map(({ name, evidence }) => ({ name, evidence }));
}

function distinctNotes(notes: readonly NoteFinding[]): readonly NoteFinding[] {
  return [...new Map(notes.map((one) => [JSON.stringify([one.text, one.evidence]), one])).values()];
}
