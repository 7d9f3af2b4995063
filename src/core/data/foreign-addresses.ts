import type { Endpoint } from '../stack.ts';

/** A variable that leads to a database which is not this environment's. */
export interface ForeignAddress {
  readonly variable: string;
  /** `db.example.com:5432`, or what stands for a place: never a password. */
  readonly leadsTo: string;
}

const DATABASES = new Set(
  `postgres postgresql postgis cockroachdb redshift mysql mysql2 mariadb mongodb redis rediss redis-sentinel redis-cluster
  redis-socket valkey valkeys sqlserver mssql oracle clickhouse libsql prisma cassandra neo4j bolt`.split(/\s+/),
);

const DEFAULT_PORTS: Readonly<Record<string, number>> = { mysql: 3306, mongodb: 27017 };
const REDIS_PORT = 6379;
const POSTGRES_PORT = 5432;
const LOCAL = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/**
 * Variables with which a migration or a seed could reach another database than this environment's: URLs of databases,
 * what libpq reads (PostgreSQL manual, "Environment Variables"), and the names that apps give a Redis. `own` is where this environment's servers listen.
 */
export function foreignAddresses(
  variables: ReadonlyMap<string, string>,
  own: readonly Endpoint[],
): readonly ForeignAddress[] {
  const ports = new Set(own.map(({ port }) => port));
  const isOwn = (host: string, port: number): boolean => LOCAL.has(host.toLowerCase()) && ports.has(port);
  const found: ForeignAddress[] = [];
  for (const [variable, value] of variables) {
    for (const { host, port } of addressesIn(value)) {
      if (!isOwn(host, port)) found.push({ variable, leadsTo: host === '' ? 'a local socket' : `${host}:${port}` });
    }
  }
  return [...found, ...foreignForLibpq(variables, isOwn), ...foreignForRedis(variables, isOwn)];
}

type IsOwn = (host: string, port: number) => boolean;

/** Each of the hosts, which libpq and MongoDB allow several of. */
function addressesIn(value: string): readonly Endpoint[] {
  const text = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  const match = /^(?:jdbc:)?([a-z][a-z0-9-]*)(?:\+[a-z0-9_+.-]+)?:(?:thin:)?\/\/([^/?#]*)([^#]*)/i.exec(text);
  const scheme = match?.[1]?.toLowerCase() ?? '';
  if (!match || !DATABASES.has(scheme)) return [];
  const [, , authority = '', rest = ''] = match;
  const hosts = authority.slice(authority.lastIndexOf('@') + 1);
  const query = new URLSearchParams(rest.slice(rest.indexOf('?') + 1));
  // In libpq's URLs a host may stand behind the question mark as well; a path is a folder with a socket.
  const other = rest.includes('?') ? query.get('host') : null;
  const port = DEFAULT_PORTS[scheme] ?? (/^(?:redis|valkey)/.test(scheme) ? REDIS_PORT : POSTGRES_PORT);
  return [hosts, ...(other === null ? [] : [other])]
    .flatMap((list) => list.split(','))
    .filter((host, _index, all) => host !== '' || all.length === 1)
    .map((one) => (one.startsWith('/') ? { host: '', port } : endpointOf(one, Number(query.get('port') ?? port))));
}

function endpointOf(text: string, port: number): Endpoint {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text);
  return { host: match?.[1] ?? text, port: match?.[2] === undefined ? port : Number(match[2]) };
}

function foreignForLibpq(variables: ReadonlyMap<string, string>, isOwn: IsOwn): readonly ForeignAddress[] {
  const found: ForeignAddress[] = [];
  const service = variables.get('PGSERVICE');
  if (service) found.push({ variable: 'PGSERVICE', leadsTo: `the service ${service}` });
  const port = Number(variables.get('PGPORT') || POSTGRES_PORT);
  for (const variable of ['PGHOST', 'PGHOSTADDR']) {
    const host = variables.get(variable);
    if (!host || isOwn(host, port)) continue;
    found.push({ variable, leadsTo: host.startsWith('/') ? 'a local socket' : `${host}:${port}` });
  }
  if (found.length === 0 && variables.get('PGPORT') && !isOwn('127.0.0.1', port)) {
    found.push({ variable: 'PGPORT', leadsTo: `port ${port} of this machine` });
  }
  return found;
}

/** No standard, but what frameworks and their examples call it: `REDIS_HOST` with `REDIS_PORT`, `REDIS_URL=host:6379`. */
const REDIS_PLACE = /^(.*(?:REDIS|VALKEY)_?)(?:HOST(?:NAME)?|SERVERS?|ADDR(?:ESS)?|NODES?|SENTINELS?|URL|URI)$/i;

function foreignForRedis(variables: ReadonlyMap<string, string>, isOwn: IsOwn): readonly ForeignAddress[] {
  return [...variables].flatMap(([variable, value]) => {
    const prefix = REDIS_PLACE.exec(variable)?.[1];
    if (prefix === undefined || value === '') return [];
    if (/^(?:unix:)?\//.test(value)) return [{ variable, leadsTo: 'a local socket' }];
    const port = Number(variables.get(`${prefix}PORT`) || REDIS_PORT);
    return value
      .split(',')
      .flatMap((one) => /^\s*((?:\[[0-9a-f:]+\]|[\w.-]+)(?::\d+)?)\s*$/i.exec(one)?.[1] ?? [])
      .map((one) => endpointOf(one, port))
      .filter((one) => !isOwn(one.host, one.port))
      .map((one) => ({ variable, leadsTo: `${one.host}:${one.port}` }));
  });
}
