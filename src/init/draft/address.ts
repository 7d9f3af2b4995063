import type { EngineName } from '../finding.ts';
import { databaseOf } from './databases.ts';
import type { DraftService } from './services.ts';
import type { Surroundings } from './surroundings.ts';
import { type Address, isPostgres, isRedis, isThisMachine } from './url.ts';

/** What stands behind an address is written as it is: nothing that only some may know. */
const SECRET_QUERY = /[?&][^=&]*(?:token|secret|passw|pwd|key|credential|signature)[^=&]*=./i;

/** What stands for a whole address; undefined for one that leads elsewhere. */
export function valueForAddress(name: string, address: Address, around: Surroundings): string | undefined {
  if (SECRET_QUERY.test(address.query)) return undefined;
  if (isPostgres(address)) return postgresUrl(name, address, around) ?? place(address, around);
  if (isRedis(address)) return redisUrl(address, around) ?? place(address, around);
  return place(address, around);
}

function postgresUrl(name: string, address: Address, around: Surroundings): string | undefined {
  const service = engineAt('postgres', address, around);
  if (!service) return undefined;
  // Of another database there is none, and a test that empties this one would be worse than one that fails.
  if (/TEST|SHADOW/.test(name) || (isName(address.path) && address.path !== databaseOf(service))) return undefined;
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

export function withScheme(service: string, scheme: string | undefined): string {
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

function engineAt(
  engine: EngineName,
  { host, port, path }: Address,
  { services }: Surroundings,
): DraftService | undefined {
  const own = services.filter((service) => service.engine === engine);
  const called = own.filter((service) => service.host !== '' && service.host === host);
  const there = own.filter(
    (service) => port !== undefined && service.ports.some(({ published }) => published === port),
  );
  const meant = [called, there, own].find((list) => list.length > 0) ?? [];
  return meant.find((service) => engine === 'postgres' && databaseOf(service) === path) ?? meant[0];
}

/** `http://localhost:3000/hook` is that of a process or of a plain image. */
function place(address: Address, around: Surroundings): string | undefined {
  const { scheme, host, port, path, query } = address;
  const tail = `${path === '' ? '' : `/${path}`}${query}`;
  const service = around.services.find((one) => one.host === host && one.engine === undefined);
  const atService = service?.ports.find(({ container }) => port === undefined || container === port);
  const found = service && atService ? `${service.name}.${atService.name}` : undefined;
  const reached = found ?? (isThisMachine(host) && port !== undefined ? onHost(port, around) : undefined);
  if (reached) return known(address, around) ? `${scheme}://${before(address)}\${${reached}}${tail}` : undefined;
  if (address.user !== '') return undefined;
  const here = isThisMachine(host) && port !== undefined;
  const process = around.processes.find((one) => one.hosts.includes(host) || (here && one.port === port));
  if (process && scheme === 'http') return `\${${process.name}.url}${tail}`;
  if (process) return `${scheme}://\${${process.name}.host}:\${${process.name}.port}${tail}`;
  return undefined;
}

function before({ user }: Address): string {
  return user === '' ? '' : `${user}@`;
}

/** A user and a password are written only where they are those of an image's own variables, next to it. */
function known({ user }: Address, { services }: Surroundings): boolean {
  const values = services.flatMap(({ lines }) => lines.filter(({ key }) => key === 'env').map(({ value }) => value));
  const texts = new Set(values.flatMap((value) => Object.values(value as Record<string, string>)));
  return user.split(':').every((word) => word === '' || word === 'root' || texts.has(word));
}

/** `mail.smtp`: the port of a plain image that this one of the host leads to. */
export function onHost(port: number, { services }: Surroundings): string | undefined {
  for (const service of services.filter(({ engine }) => engine === undefined)) {
    const found = service.ports.find(({ container, published }) => (published ?? container) === port);
    if (found) return `${service.name}.${found.name}`;
  }
  return undefined;
}

function isName(path: string): boolean {
  return /^[\w-]+$/.test(path);
}
