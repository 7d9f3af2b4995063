import type { Endpoint } from '../stack.ts';
import { foreignHosts } from './foreign-hosts.ts';

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
 * what libpq reads (PostgreSQL manual, "Environment Variables"), and the names that apps give a Redis or the host of a
 * database. `own` is where this environment's servers listen, `services` what they are called.
 */
export function foreignAddresses(
  variables: ReadonlyMap<string, string>,
  own: readonly Endpoint[],
  services: readonly string[] = [],
): readonly ForeignAddress[] {
  const ports = new Set(own.map(({ port }) => port));
  const isOwn = (host: string, port: number): boolean => LOCAL.has(host.toLowerCase()) && ports.has(port);
  const found: ForeignAddress[] = [];
  for (const [variable, value] of variables) {
    for (const { host, port } of addressesIn(value)) {
      if (!isOwn(host, port)) found.push({ variable, leadsTo: placeOf(host, port) });
    }
    for (const leadsTo of placesInWords(value, isOwn)) found.push({ variable, leadsTo });
  }
  return [
    ...found,
    ...foreignForLibpq(variables, isOwn),
    ...foreignForRedis(variables, isOwn),
    ...foreignHosts(variables, services),
  ];
}

type IsOwn = (host: string, port: number) => boolean;

function placeOf(host: string, port: number): string {
  return host === '' ? 'a local socket' : `${host}:${port}`;
}

/**
 * Each of the hosts, which libpq and MongoDB allow several of. What stands behind the question mark wins over what stands
 * before it (PostgreSQL manual, "Connection URIs"), but not every driver reads it: both count.
 */
function addressesIn(value: string): readonly Endpoint[] {
  const text = unquoted(value);
  const match = /^(?:jdbc:)?([a-z][a-z0-9-]*)(?:\+[a-z0-9_+.-]+)?:(?:thin:)?\/\/(.*)$/is.exec(text);
  const scheme = match?.[1]?.toLowerCase() ?? '';
  if (!match || !DATABASES.has(scheme)) return [];
  const rest = match[2] ?? '';
  const query = new URLSearchParams(rest.includes('?') ? rest.slice(rest.indexOf('?') + 1).replace(/#.*$/s, '') : '');
  const usual = DEFAULT_PORTS[scheme] ?? (/^(?:redis|valkey)/.test(scheme) ? REDIS_PORT : POSTGRES_PORT);
  const asked = query.get('port');
  const port = Number(asked ?? usual);
  const named = [hostsOf(rest), query.get('host') ?? '', query.get('hostaddr') ?? ''].flatMap((list) =>
    list.split(','),
  );
  const hosts = named.filter((host) => host !== '');
  return (hosts.length > 0 ? hosts : ['']).flatMap((one) => {
    if (one.startsWith('/')) return [{ host: '', port }];
    const found = endpointOf(one, port);
    return asked === null || found.port === port ? [found] : [found, { host: found.host, port }];
  });
}

/** The hosts of a URL, also where somebody wrote a password into it as it is: all before the last @ is taken for that. */
function hostsOf(rest: string): string {
  const before = rest.split('?')[0] ?? '';
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const isPlace = authority.split(',').every((one) => PLACE.test(one));
  const text = before.includes('@') ? before : isPlace ? authority : rest;
  return /^[^/?#]*/.exec(text.slice(text.lastIndexOf('@') + 1))?.[0] ?? '';
}

const PLACE = /^(\[[^\]]*\]|[^:@]*)(?::(\d*))?$/;

/** What can't be read is not shown: it may be a part of a password. */
function endpointOf(text: string, port: number): Endpoint {
  const match = PLACE.exec(text);
  if (!match) return { host: 'a place that can not be read', port };
  return { host: match[1] ?? '', port: match[2] ? Number(match[2]) : port };
}

/** libpq's other form, `host=db.example.com dbname=app` (PostgreSQL manual, "Keyword/Value"), and a service that a URL names. */
function placesInWords(value: string, isOwn: IsOwn): readonly string[] {
  const text = unquoted(value);
  const url = /^postgres(?:ql)?:\/\/[^?]*\?(.*)$/is.exec(text);
  if (url) {
    const service = new URLSearchParams(url[1] ?? '').get('service');
    return service === null ? [] : [`the service ${service}`];
  }
  if (!/^\s*[a-z_]+\s*=/.test(text)) return [];
  const words = new Map(
    [...text.matchAll(/([a-z_]+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)/g)].map(([, key = '', word = '']) => [
      key,
      unquoted(word),
    ]),
  );
  const service = words.get('service');
  if (service !== undefined && words.size > 0) return [`the service ${service}`];
  if (!words.has('dbname') && !words.has('user')) return [];
  const port = Number(words.get('port') ?? POSTGRES_PORT);
  return [words.get('host'), words.get('hostaddr')]
    .flatMap((list) => list?.split(',') ?? [])
    .filter((host) => host !== '' && !isOwn(host, port))
    .map((host) => placeOf(host.startsWith('/') ? '' : host, port));
}

function unquoted(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/s, '$2');
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
