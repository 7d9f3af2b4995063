import { engines } from '../../engines/index.ts';
import { type DetailFinding, type EngineName, type Evidence, type Line, type NoteFinding, note } from '../finding.ts';
import type { DraftService } from './services.ts';

/** Current, and to be had on every runtime. Redis is left open: what a machine has without Docker differs. */
const POSTGRES_VERSION = '17';
const REDIS_VERSION = '8';

/** Extensions that only another image has. */
const IMAGES: Readonly<Record<string, (version: string) => string>> = {
  vector: (version) => `pgvector/pgvector:pg${version}`,
  postgis: (version) => `postgis/postgis:${version}-${version === '18' ? '3.6' : '3.5'}`,
};

/** What was told of an engine elsewhere than where it is defined. */
export function withDetails(
  service: DraftService,
  engine: EngineName,
  details: readonly DetailFinding[],
  notes: NoteFinding[],
): DraftService {
  const told = (key: DetailFinding['key']) => details.filter((one) => one.engine === engine && one.key === key);
  const has = (key: string) => service.lines.some((line) => line.key === key);
  const known: readonly string[] = engines[engine].versions;
  const version = told('version').find(({ value }) => known.includes(value));
  const unknown = version || has('version') ? undefined : told('version')[0];
  if (unknown) notes.push(note(`${engine} ${unknown.value} is none of devenv's versions`, unknown.evidence));
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
  return {
    ...service,
    ...(unknown && !service.unknownVersion ? { unknownVersion: unknown.evidence } : {}),
    lines: lines.filter((line) => line !== undefined),
  };
}

export function withVersion(service: DraftService, notes: NoteFinding[]): DraftService {
  const has = (key: string) => service.lines.some((line) => line.key === key);
  const { engine, lines, unknownVersion } = service;
  if (engine === undefined || has('version')) return service;
  const reason = (otherwise: string): Evidence =>
    unknownVersion
      ? { ...unknownVersion, what: `${unknownVersion.what}, which devenv does not have` }
      : { what: `${otherwise}: nothing here tells a version` };
  if (engine === 'redis' && !has('image')) {
    const because = [reason('the newest that is to be had')];
    return { ...service, lines: lines.map((line) => (line.key === 'engine' ? { ...line, because } : line)) };
  }
  const value = engine === 'postgres' ? POSTGRES_VERSION : REDIS_VERSION;
  const [head, ...rest] = lines;
  const line: Line = { key: 'version', value, because: [reason('default')] };
  if (has('image'))
    notes.push(note(`${service.name}: version ${value} is a guess; say the one of the image`, { what: '' }));
  return { ...service, lines: [...(head ? [head] : []), line, ...rest] };
}
