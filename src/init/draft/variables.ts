import type { EngineName } from '../finding.ts';
import type { DraftProcess } from './processes.ts';
import type { DraftService } from './services.ts';
import { type Address, isPostgres, isRedis, isThisMachine, readAddress } from './url.ts';

/** What values can refer to. */
export interface Surroundings {
  readonly services: readonly DraftService[];
  readonly processes: readonly DraftProcess[];
  /** That of the database's URL, where a library takes more from it than the kind of server. */
  readonly scheme: string | undefined;
  /** What has to stand behind it, as in `?sslmode=disable`. */
  readonly query: string;
  /** All examples by name: one variable of a group tells what the others are about. */
  readonly examples: ReadonlyMap<string, string>;
}

/** What a variable gets; undefined for what only the app's people know. */
export function valueFor(name: string, example: string | undefined, around: Surroundings): string | undefined {
  const address = readAddress(example ?? '');
  if (address) return valueForAddress(name, address, around);
  return byName(name, example, around) ?? byPart(name, around) ?? byHost(name, example ?? '', around);
}

function valueForAddress(name: string, address: Address, around: Surroundings): string | undefined {
  if (isPostgres(address)) return postgresUrl(name, address, around);
  if (isRedis(address)) return redisUrl(address, around);
  return place(address, around);
}

// --- a whole address -----------------------------------------------------------------------------------------------

function postgresUrl(name: string, address: Address, around: Surroundings): string | undefined {
  const service = engineAt('postgres', address, around);
  if (!service) return undefined;
  const database = service.lines.find(({ key }) => key === 'database')?.value;
  // Of another database there is none, and a test that empties this one would be worse than one that fails.
  if (/TEST|SHADOW/.test(name) || (isName(address.path) && address.path !== database)) return undefined;
  const query = address.query.replace(
    /([?&])(?:ssl|sslmode|sslcert|sslrootcert|channel_binding)=(?!disable)[^&]*(?=&|$)/g,
    '$1',
  );
  const rest = query
    .replace(/\?&+/, '?')
    .replace(/&&+/g, '&')
    .replace(/[?&]+$/, '');
  const plain = ['postgres', 'postgresql'].includes(address.scheme);
  return `${withScheme(service.name, plain ? around.scheme : address.scheme)}${rest}`;
}

function withScheme(service: string, scheme: string | undefined): string {
  if (scheme === undefined) return `\${${service}.url}`;
  const server = `\${${service}.host}:\${${service}.port}/\${${service}.database}`;
  if (scheme.startsWith('jdbc:')) return `${scheme}://${server}`;
  return `${scheme}://\${${service}.user}:\${${service}.password}@${server}`;
}

function redisUrl(address: Address, around: Surroundings): string | undefined {
  const service = engineAt('redis', address, around);
  const index = /^\d+$/.test(address.path) ? `/${address.path}` : '';
  return service ? `\${${service.name}.url}${index}` : undefined;
}

function engineAt(engine: EngineName, { host, port }: Address, { services }: Surroundings): DraftService | undefined {
  const own = services.filter((service) => service.engine === engine);
  return (
    own.find((service) => service.host !== '' && service.host === host) ??
    own.find((service) => port !== undefined && service.ports.some(({ published }) => published === port)) ??
    own[0]
  );
}

/** `http://localhost:3000/hook` is that of a process or of a plain image. */
function place({ scheme, host, port, path, query }: Address, around: Surroundings): string | undefined {
  const tail = `${path === '' ? '' : `/${path}`}${query}`;
  const service = around.services.find((one) => one.host === host && one.engine === undefined);
  const atService = service?.ports.find(({ container }) => port === undefined || container === port);
  if (service && atService) return `${scheme}://\${${service.name}.${atService.name}}${tail}`;
  if (!isThisMachine(host) || port === undefined) return undefined;
  const process = around.processes.find((one) => one.port === port);
  if (process && scheme === 'http') return `\${${process.name}.url}${tail}`;
  if (process) return `${scheme}://\${${process.name}.host}:\${${process.name}.port}${tail}`;
  const published = onHost(port, around);
  return published && `${scheme}://\${${published}}${tail}`;
}

/** `mail.smtp`: the port of a plain image that this one of the host leads to. */
function onHost(port: number, { services }: Surroundings): string | undefined {
  for (const service of services.filter(({ engine }) => engine === undefined)) {
    const found = service.ports.find(({ container, published }) => (published ?? container) === port);
    if (found) return `${service.name}.${found.name}`;
  }
  return undefined;
}

// --- a name that says it all ---------------------------------------------------------------------------------------

const POSTGRES_URL =
  /^(?:\w+_)?(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG)(?:_PRISMA)?_(?:URL|URI|DSN)(?:_NON_POOLING)?$|^SQLALCHEMY_DATABASE_UR[IL]$/;
const REDIS_URL = /^(?:\w+_)?(?:REDIS|VALKEY)(?:_TLS)?_(?:URL|URI|DSN)$|^CELERY_(?:BROKER_URL|RESULT_BACKEND)$/;

function byName(name: string, example: string | undefined, around: Surroundings): string | undefined {
  // What stands there is for something else, such as a file of SQLite.
  if (/^(file|sqlite|mysql|mongodb|\.{0,2}\/)/.test(example ?? '') || /TEST|SHADOW/.test(name)) return undefined;
  const [postgres] = around.services.filter(({ engine }) => engine === 'postgres');
  const [redis] = around.services.filter(({ engine }) => engine === 'redis');
  if (postgres && POSTGRES_URL.test(name)) return `${withScheme(postgres.name, around.scheme)}${around.query}`;
  return redis && REDIS_URL.test(name) ? `\${${redis.name}.url}` : undefined;
}

// --- one part of an address ----------------------------------------------------------------------------------------

const POSTGRES_PART =
  /^(?:PG(HOST|PORT|USER|PASSWORD|DATABASE)|(DB|DATABASE|POSTGRES|POSTGRESQL|PG|RDS|TYPEORM|SQL)_(HOST|HOSTNAME|SERVER|PORT|NAME|DATABASE|DB|DB_NAME|USER|USERNAME|PASSWORD|PASS))$/;
const REDIS_PART = /^(?:REDIS|VALKEY)_?(HOST|HOSTNAME|PORT|USER|USERNAME|PASSWORD|PASS)$/;

const ATTRIBUTES: Readonly<Record<string, string>> = {
  ...{ HOST: 'host', HOSTNAME: 'host', SERVER: 'host', PORT: 'port', USER: 'user', USERNAME: 'user' },
  ...{
    PASSWORD: 'password',
    PASS: 'password',
    NAME: 'database',
    DATABASE: 'database',
    DB: 'database',
    DB_NAME: 'database',
  },
};

function byPart(name: string, around: Surroundings): string | undefined {
  const postgres = around.services.find(({ engine }) => engine === 'postgres');
  const redis = around.services.find(({ engine }) => engine === 'redis');
  const [, pg, prefix, part] = POSTGRES_PART.exec(name) ?? [];
  const attribute = ATTRIBUTES[pg ?? part ?? ''];
  if (postgres && attribute && !isOfAnother(prefix, around.examples)) return `\${${postgres.name}.${attribute}}`;
  if (redis && /^(REDIS|VALKEY)_ADDR(ESS)?$/.test(name)) return `\${${redis.name}.host}:\${${redis.name}.port}`;
  const redisAttribute = ATTRIBUTES[REDIS_PART.exec(name)?.[1] ?? ''];
  return redis && redisAttribute ? `\${${redis.name}.${redisAttribute}}` : undefined;
}

/** `DB_CONNECTION=mysql`, `DB_PORT=3306`. */
function isOfAnother(prefix: string | undefined, examples: ReadonlyMap<string, string>): boolean {
  if (prefix === undefined) return false;
  const kinds = ['CONNECTION', 'DIALECT', 'CLIENT', 'TYPE', 'ENGINE', 'DRIVER', 'ADAPTER'];
  const kind = kinds.map((word) => examples.get(`${prefix}_${word}`)).find((value) => value !== undefined);
  if (kind !== undefined && !/p(ost)?g|postgres/i.test(kind)) return true;
  const port = Number(examples.get(`${prefix}_PORT`) ?? 0);
  return [3306, 33_060, 1433, 1521, 27_017].includes(port);
}

/** `SMTP_HOST=localhost` beside `SMTP_PORT=1025`: the host and port of a plain image. */
function byHost(name: string, example: string, around: Surroundings): string | undefined {
  const [, prefix, part] = /^(\w+)_(HOST|HOSTNAME|SERVER|PORT)$/.exec(name) ?? [];
  if (prefix === undefined) return undefined;
  const host = part === 'PORT' ? hostBeside(prefix, around.examples) : example;
  const port = Number(part === 'PORT' ? example : (around.examples.get(`${prefix}_PORT`) ?? 0));
  const service = around.services.find((one) => one.engine === undefined && one.host === host);
  const named =
    service?.ports.find(({ container }) => container === port) ?? (part === 'PORT' ? undefined : service?.ports[0]);
  const found = service && named ? `${service.name}.${named.name}` : undefined;
  const reached = found ?? (isThisMachine(host ?? '') && port > 0 ? onHost(port, around) : undefined);
  return reached && `\${${reached}.${part === 'PORT' ? 'port' : 'host'}}`;
}

function hostBeside(prefix: string, examples: ReadonlyMap<string, string>): string | undefined {
  return ['HOST', 'HOSTNAME', 'SERVER']
    .map((word) => examples.get(`${prefix}_${word}`))
    .find((value) => value !== undefined);
}

function isName(path: string): boolean {
  return /^[\w-]+$/.test(path);
}
