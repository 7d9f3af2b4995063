import { onHost } from './address.ts';
import type { Surroundings } from './surroundings.ts';
import { isThisMachine } from './url.ts';

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

/** One part of an address by its name, such as `PGHOST`. */
export function byPart(name: string, around: Surroundings): string | undefined {
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
export function byHost(name: string, example: string, around: Surroundings): string | undefined {
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
