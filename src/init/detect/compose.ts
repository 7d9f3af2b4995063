import { entriesOf, isKeys, keysOf } from '../../config/path.ts';
import { appService } from '../compose/app-service.ts';
import { at, type Entry, listOf } from '../compose/entry.ts';
import { imageService } from '../compose/service.ts';
import { interpolated, type Lookup } from '../compose/values.ts';
import { type Data, dataOf, problemsOf, yamlData } from '../document.ts';
import { exampleEntries } from '../dotenv.ts';
import { matching, type ProjectFiles } from '../files.ts';
import { type Finding, note } from '../finding.ts';
import type { Detector } from './detector.ts';

/** Of several the first: Compose's own order, then those that are meant for development. */
const NAMES = [
  ...['compose', 'docker-compose', 'compose.dev', 'docker-compose.dev', 'compose.development'],
  ...['docker-compose.development', 'compose.local', 'docker-compose.local', 'docker-compose.services'],
].flatMap((name) => [`${name}.yaml`, `${name}.yml`]);
/** Compose merges it into the one beside it, which alone is read here. */
const OVERRIDE = /^(docker-)?compose\.override\.ya?ml$/;
const FOLDERS = ['', 'docker/', '.docker/', '.devcontainer/', 'infra/', 'deploy/'];

/** A compose file: its images are services; what it builds is the app, whose variables and ports are told by it. */
export const detectCompose: Detector = (files) => {
  const candidates = FOLDERS.flatMap((folder) => NAMES.map((name) => `${folder}${name}`));
  const [file, ...others] = candidates.flatMap((name) =>
    matching(files, new RegExp(`^${name.replaceAll('.', '\\.')}$`)),
  );
  if (!file) return [];
  const parsed = [yamlData(file)];
  const lookup = lookupIn(files);
  return [
    ...problemsOf(parsed),
    ...dataOf(parsed).flatMap((data) => [...nameOf(data, lookup), ...servicesOf(data, lookup), ...includesOf(data)]),
    ...others.map(({ name }) => note('not read: one compose file counts', { file: name, what: `beside ${file.name}` })),
    ...matching(files, OVERRIDE).map(({ name }) =>
      note('not read, though docker compose merges it in: one compose file counts', {
        file: name,
        what: `beside ${file.name}`,
      }),
    ),
  ];
};

/** Compose's name for the stack is the nearest to devenv's for the project. */
function nameOf({ name: file, value, lineOf }: Data, lookup: Lookup): readonly Finding[] {
  const told = typeof value.name === 'string' ? interpolated(value.name, lookup) : undefined;
  if (told === undefined) return [];
  const line = lineOf(['name']);
  return [{ kind: 'name', value: told, evidence: { file, ...(line === undefined ? {} : { line }), what: 'name' } }];
}

function includesOf({ name: file, value, lineOf }: Data): readonly Finding[] {
  if (value.include === undefined) return [];
  const line = lineOf(['include']);
  const evidence = { file, ...(line === undefined ? {} : { line }), what: 'include' };
  return [note('left out: the files that it names are not read', evidence)];
}

/** Values of the examples stand in for those of `.env`, which belong to one person. */
function lookupIn(files: ProjectFiles): Lookup {
  const entries = new Map(exampleEntries(files).map(({ name, value }) => [name, value]));
  return (name) => entries.get(name) || undefined;
}

function servicesOf(data: Data, lookup: Lookup): readonly Finding[] {
  return entriesOf(keysOf(data.value).services).flatMap(([name, service]) => {
    if (!isKeys(service)) return [];
    const entry: Entry = { data, name, service, lookup };
    if (listOf(service.profiles).length > 0) {
      return [note('left out: it starts with a profile only', at(entry, ['profiles'], `service ${name}`))];
    }
    if (service.build !== undefined) return appService(entry);
    if (typeof service.image === 'string') return imageService(entry);
    if (service.extends === undefined) return [];
    return [note('left out: it extends another, which is not looked up', at(entry, ['extends'], `service ${name}`))];
  });
}
