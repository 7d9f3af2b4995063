import { entriesOf, type Keys, keysOf } from '../../config/path.ts';
import type { Data } from '../document.ts';
import { isRefused } from '../draft/names.ts';
import { folderOf } from '../files.ts';
import { type EngineName, type Evidence, type Finding, type Line, note, type ServiceFinding } from '../finding.ts';
import { type ImageName, readImageName } from './image-name.ts';
import { portsOf } from './ports.ts';
import { commandWords, environmentOf, interpolated, type Lookup, stringsOf, translated } from './values.ts';
import { mountsOf } from './volumes.ts';

export interface Entry {
  readonly data: Data;
  readonly name: string;
  readonly service: Keys;
  readonly lookup: Lookup;
}

export function at({ data, name }: Entry, path: readonly string[], what: string): Evidence {
  const line = data.lineOf(['services', name, ...path]) ?? data.lineOf(['services', name]);
  return { file: data.name, ...(line === undefined ? {} : { line }), what };
}

/** A service that runs an image, in devenv's words. */
export function imageService(entry: Entry): readonly Finding[] {
  const given = String(entry.service.image);
  const image = interpolated(given, entry.lookup) ?? given.replace(/\$\{[^}]*\}/g, '').replace(/:$/, '');
  if (image.trim() === '') return [note('left out: it names no image', at(entry, ['image'], 'image'))];
  const name = readImageName(image);
  return name.engine ? engineService(entry, name.engine, image, name) : plainService(entry, image);
}

const DATA: Readonly<Record<EngineName, RegExp>> = {
  postgres: /^(\/var\/lib\/postgresql|\/bitnami\/postgresql)/,
  redis: /^(\/data|\/bitnami\/(redis|valkey))/,
};

function engineService(entry: Entry, engine: EngineName, image: string, name: ImageName): readonly Finding[] {
  const seen = at(entry, ['image'], `image ${image}`);
  const mounts = mountsOf(listOf(entry.service.volumes), folderOf(entry.data.name), (target) =>
    DATA[engine].test(target),
  );
  const { ports } = portsOf('', listOf(entry.service.ports), entry.lookup);
  const command = engineCommand(engine, commandWords(entry.service.command));
  const lines: Line[] = [
    ...(name.version === undefined ? [] : [{ key: 'version', value: name.version, because: [seen] }]),
    ...(name.image === undefined ? [] : [{ key: 'image', value: name.image, because: [seen] }]),
    ...engineSettings(entry, engine),
    ...(command.length > 0 ? [{ key: 'command', value: command, because: [at(entry, ['command'], 'command')] }] : []),
    ...volumeLine(entry, mounts.volumes),
  ];
  return [
    serviceFinding(entry, { engine, lines, ports: ports.map((port) => ({ ...port, name: 'main' })) }, seen),
    ...(name.unknown === undefined ? [] : [note(`${engine} ${name.unknown} is none of devenv's versions`, seen)]),
    ...mounts.left.map(({ mount, why }) => note(`volume ${mount} left out: ${why}`, at(entry, ['volumes'], 'volumes'))),
  ];
}

/** Further arguments of the server: its own name and what devenv says itself are not among them. */
function engineCommand(engine: EngineName, words: readonly string[]): readonly string[] {
  const server = engine === 'postgres' ? /^(.*\/)?postgres$/ : /^(.*\/)?(redis|valkey)-server$/;
  const own = words.filter((word, index) => !(index === 0 && server.test(word)));
  // A shell's line, a program of their own: what it does can't be told.
  if (own[0] !== undefined && !own[0].startsWith('-')) return [];
  return own.filter((word, index) => {
    const flag = word.startsWith('--') ? word : own[index - 1];
    return engine === 'postgres' || !['--requirepass', '--port', '--bind', '--dir'].includes(flag ?? '');
  });
}

const DATABASE = ['POSTGRES_DB', 'POSTGRESQL_DATABASE'];
const USER = ['POSTGRES_USER', 'POSTGRESQL_USERNAME'];

function engineSettings(entry: Entry, engine: EngineName): readonly Line[] {
  if (engine !== 'postgres') return [];
  const environment = environmentOf(entry.service.environment);
  const setting = (key: string, names: readonly string[]): readonly Line[] => {
    const name = names.find((candidate) => environment.get(candidate) !== undefined);
    const value = name && interpolated(environment.get(name) ?? '', entry.lookup);
    if (!name || !value || !isIdentifier(value)) return [];
    return [{ key, value, because: [at(entry, ['environment', name], name)] }];
  };
  const user = setting('user', USER).filter(({ value }) => value !== 'postgres');
  const named = setting('database', DATABASE);
  // The image names the database after the user where it isn't told.
  const database = named.length > 0 ? named : user.map((line) => ({ ...line, key: 'database' }));
  return [...database, ...user];
}

export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_$-]{0,62}$/.test(text);
}

function plainService(entry: Entry, image: string): readonly Finding[] {
  const { service } = entry;
  const seen = at(entry, ['image'], `image ${image}`);
  const { ports, left } = portsOf(image, [...listOf(service.ports), ...listOf(service.expose)], entry.lookup);
  const mounts = mountsOf(listOf(service.volumes), folderOf(entry.data.name), () => false);
  const env = plainEnv(service);
  const command = commandWords(service.command).map((text) => interpolated(text, entry.lookup) ?? text);
  const lines: Line[] = [
    { key: 'image', value: image, because: [] },
    ...(ports.length > 0 ? [{ key: 'ports', value: portKeys(ports), because: [portsSeen(entry, seen)] }] : []),
    ...(Object.keys(env).length > 0
      ? [{ key: 'env', value: env, because: [at(entry, ['environment'], 'environment')] }]
      : []),
    ...(command.length > 0 ? [{ key: 'command', value: command, because: [at(entry, ['command'], 'command')] }] : []),
    ...volumeLine(entry, mounts.volumes),
  ];
  return [
    serviceFinding(entry, { lines, ports }, seen),
    ...left.map((port) =>
      note(`port ${port} left out: only single TCP ports are known`, at(entry, ['ports'], 'ports')),
    ),
    ...mounts.left.map(({ mount, why }) => note(`volume ${mount} left out: ${why}`, at(entry, ['volumes'], 'volumes'))),
    ...unknownKeys(entry),
  ];
}

function portsSeen(entry: Entry, image: Evidence): Evidence {
  const key = ['ports', 'expose'].find((name) => entry.service[name] !== undefined);
  return key ? at(entry, [key], key) : { ...image, what: 'the usual ports of this image' };
}

/** What would change how the image runs, and has no key in devenv. */
function unknownKeys(entry: Entry): readonly Finding[] {
  return ['entrypoint', 'extends', 'env_file', 'network_mode', 'privileged', 'devices', 'configs', 'secrets']
    .filter((key) => entry.service[key] !== undefined)
    .map((key) => note(`${key} of ${entry.name} left out: devenv has no such key`, at(entry, [key], key)));
}

/** Keys that some service out there has given somebody: these stay where they are. */
const REAL_SECRET = /^(sk_live_|rk_live_|gh[pousr]_|github_pat_|xox[abprs]-|AKIA|AIza|glpat-|eyJ)|-----BEGIN/;

function plainEnv(service: Keys): Record<string, string> {
  const entries = [...environmentOf(service.environment)].filter(
    ([name]) => /^[A-Za-z_]\w*$/.test(name) && !isRefused(name),
  );
  return Object.fromEntries(
    entries.map(([name, text]) => [
      name,
      text === undefined || REAL_SECRET.test(text) ? `\${${name}:-}` : translated(text),
    ]),
  );
}

function portKeys(ports: readonly { readonly name: string; readonly container: number }[]): Record<string, number> {
  return Object.fromEntries(ports.map(({ name, container }) => [name, container]));
}

function volumeLine(entry: Entry, volumes: readonly string[]): readonly Line[] {
  return volumes.length > 0 ? [{ key: 'volumes', value: volumes, because: [at(entry, ['volumes'], 'volumes')] }] : [];
}

function serviceFinding(
  entry: Entry,
  rest: Pick<ServiceFinding, 'lines' | 'ports'> & { readonly engine?: EngineName },
  evidence: Evidence,
): ServiceFinding {
  const { depends_on: depends } = entry.service;
  const needs = Array.isArray(depends) ? stringsOf(depends) : entriesOf(keysOf(depends)).map(([name]) => name);
  return { kind: 'service', name: entry.name, ...rest, needs, evidence };
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
