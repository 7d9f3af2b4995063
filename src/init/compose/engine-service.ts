import { isIdentifier } from '../draft/names.ts';
import { folderOf } from '../files.ts';
import { type EngineName, type Finding, type Line, note } from '../finding.ts';
import { at, type Entry, listOf, serviceFinding, volumeLine } from './entry.ts';
import type { ImageName } from './image-name.ts';
import { portsOf } from './ports.ts';
import { unknownKeys } from './unknown-keys.ts';
import { commandWords, environmentOf, interpolated } from './values.ts';
import { mountsOf } from './volumes.ts';

const DATA: Readonly<Record<EngineName, RegExp>> = {
  postgres: /^(\/var\/lib\/postgresql|\/bitnami\/postgresql)/,
  redis: /^(\/data|\/bitnami\/(redis|valkey))/,
};

/** An image of an engine: a service of that engine. */
export function engineService(entry: Entry, engine: EngineName, image: string, name: ImageName): readonly Finding[] {
  const seen = at(entry, ['image'], `image ${image}`);
  const mounts = mountsOf(listOf(entry.service.volumes), folderOf(entry.data.name), (target) =>
    DATA[engine].test(target),
  );
  const { ports } = portsOf('', listOf(entry.service.ports), entry.lookup);
  const words = commandWords(entry.service.command);
  const command = engineCommand(engine, words);
  const lines: Line[] = [
    ...(name.version === undefined ? [] : [{ key: 'version', value: name.version, because: [seen] }]),
    ...(name.image === undefined ? [] : [{ key: 'image', value: name.image, because: [seen] }]),
    ...engineSettings(entry, engine),
    ...(command.length > 0 ? [{ key: 'command', value: command, because: [at(entry, ['command'], 'command')] }] : []),
    ...volumeLine(entry, mounts.volumes),
  ];
  const main = ports.map((port) => ({ ...port, name: 'main' }));
  const unknownVersion = name.unknown === undefined ? {} : { unknownVersion: seen };
  return [
    serviceFinding(entry, { engine, lines, ports: main, ...unknownVersion }, seen),
    ...(name.unknown === undefined ? [] : [note(`${engine} ${name.unknown} is none of devenv's versions`, seen)]),
    ...(isForeign(engine, words)
      ? [note(`left out: what ${words[0]} does is not known here`, at(entry, ['command'], 'command'))]
      : []),
    ...lostSettings(entry),
    ...unknownKeys(entry),
    ...mounts.left.map(({ mount, why }) => note(`volume ${mount} left out: ${why}`, at(entry, ['volumes'], 'volumes'))),
  ];
}

function ownWords(engine: EngineName, words: readonly string[]): readonly string[] {
  const server = engine === 'postgres' ? /^(.*\/)?postgres$/ : /^(.*\/)?(redis|valkey)-server$/;
  return words.filter((word, index) => !(index === 0 && server.test(word)));
}

/** A shell's line, a program of their own, a file of settings: what it does can't be told. */
function isForeign(engine: EngineName, words: readonly string[]): boolean {
  const [first] = ownWords(engine, words);
  return first !== undefined && !first.startsWith('-');
}

/** Further arguments of the server: its own name and what devenv says itself are not among them. */
function engineCommand(engine: EngineName, words: readonly string[]): readonly string[] {
  if (isForeign(engine, words)) return [];
  const own = ownWords(engine, words);
  return own.filter((word, index) => {
    const flag = word.startsWith('--') ? word : own[index - 1];
    return engine === 'postgres' || !['--requirepass', '--port', '--bind', '--dir'].includes(flag ?? '');
  });
}

const DATABASE = ['POSTGRES_DB', 'POSTGRESQL_DATABASE'];
const USER = ['POSTGRES_USER', 'POSTGRESQL_USERNAME'];

/** Those of an image that devenv has keys for, or does in its own way: passwords, and where the data lies. */
const KNOWN =
  /^(POSTGRES(QL)?|REDIS|VALKEY)_(DB|DATABASE|USER|USERNAME|PASSWORD|PASSWORD_FILE|POSTGRES_PASSWORD|HOST_AUTH_METHOD)$|^PGDATA$|^PG(USER|PASSWORD|DATABASE)$|^ALLOW_EMPTY_PASSWORD$/;

function lostSettings(entry: Entry): readonly Finding[] {
  return [...environmentOf(entry.service.environment).keys()]
    .filter((name) => !KNOWN.test(name))
    .map((name) =>
      note(`left out of ${entry.name}: devenv starts this server itself`, at(entry, ['environment', name], name)),
    );
}

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
