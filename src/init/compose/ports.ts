import { isKeys } from '../../config/path.ts';
import type { ServicePort } from '../finding.ts';
import { interpolated, type Lookup } from './values.ts';

/** Ports that servers are known by. */
const KNOWN: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'axllent/mailpit': { 8025: 'web', 1025: 'smtp' },
  'mailhog/mailhog': { 8025: 'web', 1025: 'smtp' },
  'maildev/maildev': { 1080: 'web', 1025: 'smtp' },
  'minio/minio': { 9000: 'api', 9001: 'web' },
  rabbitmq: { 5672: 'amqp', 15672: 'web' },
  mysql: { 3306: 'mysql' },
  mariadb: { 3306: 'mysql' },
  mongo: { 27017: 'mongo' },
  memcached: { 11211: 'memcached' },
  'getmeili/meilisearch': { 7700: 'http' },
  'typesense/typesense': { 8108: 'http' },
  'elasticsearch/elasticsearch': { 9200: 'http' },
  'opensearchproject/opensearch': { 9200: 'http' },
  'localstack/localstack': { 4566: 'http' },
  'clickhouse/clickhouse-server': { 8123: 'http', 9000: 'native' },
  nats: { 4222: 'nats', 8222: 'http' },
  'redis/redis-stack': { 6379: 'redis', 8001: 'web' },
  'redis/redis-stack-server': { 6379: 'redis' },
  adminer: { 8080: 'web' },
  'dpage/pgadmin4': { 80: 'web' },
};

const USUAL: Readonly<Record<number, string>> = {
  ...{ 25: 'smtp', 1025: 'smtp', 8025: 'web', 80: 'web', 8080: 'web', 3000: 'web', 8000: 'web', 443: 'https' },
  ...{ 5672: 'amqp', 15672: 'web', 9092: 'kafka', 4222: 'nats', 27017: 'mongo', 3306: 'mysql', 6379: 'redis' },
  ...{ 9200: 'http', 11211: 'memcached', 5432: 'postgres', 4317: 'grpc', 4318: 'http' },
};

interface Mapped {
  readonly container: number;
  readonly published?: number;
}

/** The ports of a service, named; those that can't be taken over are left out and told by the caller. */
export function portsOf(
  image: string,
  listed: readonly unknown[],
  lookup: Lookup,
): { readonly ports: readonly ServicePort[]; readonly left: readonly string[] } {
  const left: string[] = [];
  const mapped = listed.flatMap((entry): readonly Mapped[] => {
    const read = readPort(entry, lookup);
    if (!read) left.push(isKeys(entry) ? JSON.stringify(entry) : String(entry));
    return read ? [read] : [];
  });
  const known = knownPorts(image);
  const whole = mapped.length > 0 ? mapped : Object.keys(known).map((port) => ({ container: Number(port) }));
  const taken = new Set<string>();
  const ports = [...new Map(whole.map((port) => [port.container, port])).values()].map((port) => ({
    ...port,
    name: nameOf(port.container, known, taken),
  }));
  return { ports, left };
}

function knownPorts(image: string): Readonly<Record<number, string>> {
  const repository = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const name = Object.keys(KNOWN).find((key) => repository === key || repository.endsWith(`/${key}`));
  return KNOWN[name ?? ''] ?? {};
}

function nameOf(container: number, known: Readonly<Record<number, string>>, taken: Set<string>): string {
  const wanted = known[container] ?? USUAL[container] ?? `p${container}`;
  const name = taken.has(wanted) ? `${wanted}-${container}` : wanted;
  taken.add(name);
  return name;
}

/** `8025`, `8025:8025`, `127.0.0.1:8025:8025/tcp`, or keys; ranges and UDP are not for devenv. */
function readPort(entry: unknown, lookup: Lookup): Mapped | undefined {
  if (isKeys(entry)) {
    if (entry.protocol === 'udp') return undefined;
    return readPort([entry.published, entry.target].filter((part) => part !== undefined).join(':'), lookup);
  }
  const text = interpolated(String(entry), lookup) ?? String(entry).replace(/\$\{[^}]*\}/g, '');
  const match = /^(?:(?:[\d.]*|\[[^\]]*\]):)??(?:(\d*):)?(\d+)(?:\/tcp)?$/.exec(text);
  const container = Number(match?.[2]);
  if (!match || !(container >= 1 && container <= 65_535)) return undefined;
  return { container, ...(match[1] ? { published: Number(match[1]) } : {}) };
}
