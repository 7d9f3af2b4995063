import { isHttp } from '../engines/image.ts';
import { readDocument, readDotenvFiles } from './documents.ts';
import { isKeys, type Keys, keysOf } from './path.ts';
import { type ConfigFile, findConfig } from './read.ts';
import { TIERS } from './tiers.ts';

/** What a configuration names, as far as it can be read: nothing is checked, and what is wrong says nothing. */
export interface Outline {
  /** With the engine or image of each. */
  readonly services: ReadonlyMap<string, string>;
  /** With the command of each. */
  readonly processes: ReadonlyMap<string, string>;
  /** Processes and services that a browser can open. */
  readonly pages: readonly string[];
  readonly variables: readonly string[];
  readonly tiers: readonly string[];
}

export async function outline(cwd: string, tier: string): Promise<Outline> {
  const found = await findConfig(cwd);
  const read = (files: readonly ConfigFile[] = []) =>
    found && files.length > 0 ? readDocument(found.root, files, tier) : undefined;
  const [base, local] = await Promise.all([read(found?.base), read(found?.local)]);
  const tiers = keysOf(keysOf(base?.value).environments);
  const layers = [base?.value, tiers[tier], local?.value];
  const dotenv = found ? await readDotenvFiles(found.root, []) : [];
  return {
    services: merged(layers, 'services', ['engine', 'image']),
    processes: merged(layers, 'processes', ['command']),
    pages: [...namesOf(layers, 'processes', hasPort), ...namesOf(layers, 'services', hasPage)],
    variables: [
      ...merged(layers, 'env', []).keys(),
      ...(namesOf(layers, 'processes', hasPort).length > 0 ? ['PORT'] : []),
      ...['processes', 'services'].flatMap((group) => [...things(layers, group).values()].flatMap(ownVariables)),
      ...dotenv.flatMap(({ entries }) => entries.map(({ name }) => name)),
    ],
    tiers: [...TIERS, ...Object.keys(tiers)],
  };
}

/** Names of a group in all layers, each with the first of these fields that it has; null takes a name back. */
function merged(layers: readonly unknown[], group: string, fields: readonly string[]): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const layer of layers) {
    for (const [name, value] of Object.entries(keysOf(keysOf(layer)[group]))) {
      if (value === null) all.delete(name);
      else all.set(name, fieldOf(value, fields) ?? all.get(name) ?? '');
    }
  }
  return all;
}

/** What each layer says of each thing of a group that is still there. */
function things(layers: readonly unknown[], group: string): ReadonlyMap<string, readonly Keys[]> {
  const names = [...merged(layers, group, []).keys()];
  return new Map(names.map((name) => [name, layers.map((layer) => keysOf(keysOf(keysOf(layer)[group])[name]))]));
}

function namesOf(layers: readonly unknown[], group: string, has: (thing: Keys) => boolean): readonly string[] {
  return [...things(layers, group)].filter(([, all]) => all.some(has)).map(([name]) => name);
}

function hasPort({ port }: Keys): boolean {
  return typeof port === 'number';
}

function hasPage({ ports, ...settings }: Keys): boolean {
  return isHttp(Object.keys(keysOf(ports))[0], settings);
}

function ownVariables(thing: readonly Keys[]): readonly string[] {
  return thing.flatMap(({ env }) => Object.keys(keysOf(env)));
}

function fieldOf(value: unknown, fields: readonly string[]): string | undefined {
  if (!isKeys(value)) return undefined;
  const [found] = fields.flatMap((field) => (typeof value[field] === 'string' ? [value[field]] : []));
  return found;
}
