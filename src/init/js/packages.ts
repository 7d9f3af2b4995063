import picomatch from 'picomatch';
import { entriesOf, type Keys, keysOf } from '../../config/path.ts';
import { type Data, dataOf, jsonData, type Parsed, yamlData } from '../document.ts';
import { folderOf, isAside, matching, type ProjectFiles } from '../files.ts';
import type { Evidence } from '../finding.ts';
import { mainScript } from './main-script.ts';

/** A package.json of the project. */
export interface Package {
  readonly data: Data;
  readonly folder: string;
  readonly name: string | undefined;
  /** How it belongs to the project: the top one, a workspace of it, or one that stands for itself in its folder. */
  readonly place: 'top' | 'workspace' | 'separate';
  readonly scripts: ReadonlyMap<string, string>;
  dependsOn(name: string): boolean;
  /** What a dependency or script is based on. */
  dependency(name: string): Evidence;
  script(name: string): Evidence;
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'];
const FAR_DOWN = 3;

export function parsedPackages(files: ProjectFiles): readonly Parsed[] {
  return matching(files, /(^|\/)package\.json$/).map(jsonData);
}

/** Folders of workspaces that have something to run, and names of folders that are usually beside an app. */
export function workspacesBeside(files: ProjectFiles): readonly string[] {
  const top = dataOf(matching(files, /^package\.json$/).map(jsonData));
  const workspaces = workspaceMatcher(files, top);
  const beside = matching(files, /\/package\.json$/).filter(
    ({ name }) => isAside(name) && workspaces.has(folderOf(name)),
  );
  return dataOf(beside.map(jsonData))
    .filter(({ value }) => mainScript(scriptsOf(value)) !== undefined)
    .map(({ name }) => folderOf(name));
}

/** The top one first. */
export function packagesOf(files: ProjectFiles): readonly Package[] {
  const all = dataOf(parsedPackages(files));
  // A project that names its workspaces names them all.
  const workspaces = workspaceMatcher(files, all);
  return all
    .map((data) => toPackage(data, workspaces))
    .filter(({ place, folder }) => place !== 'separate' || (!workspaces.some && folder.split('/').length < FAR_DOWN))
    .sort((a, b) => Number(b.place === 'top') - Number(a.place === 'top'));
}

function toPackage(data: Data, workspaces: Workspaces): Package {
  const folder = folderOf(data.name);
  const group = (name: string) => GROUPS.find((key) => Object.hasOwn(keysOf(data.value[key]), name));
  const at = (path: readonly string[], what: string): Evidence => {
    const line = data.lineOf(path);
    return { file: data.name, ...(line === undefined ? {} : { line }), what };
  };
  return {
    data,
    folder,
    name: typeof data.value.name === 'string' ? data.value.name : undefined,
    place: folder === '.' ? 'top' : workspaces.has(folder) ? 'workspace' : 'separate',
    scripts: scriptsOf(data.value),
    dependsOn: (name) => group(name) !== undefined,
    dependency: (name) => at([group(name) ?? 'dependencies', name], `depends on ${name}`),
    script: (name) => at(['scripts', name], `script ${name}`),
  };
}

function scriptsOf(value: Keys): Package['scripts'] {
  return new Map(entriesOf(value.scripts).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])));
}

interface Workspaces {
  /** Whether the project names any. */
  readonly some: boolean;
  has(folder: string): boolean;
}

function workspaceMatcher(files: ProjectFiles, all: readonly Data[]): Workspaces {
  const top = all.find(({ name }) => name === 'package.json')?.value;
  const pnpm = matching(files, /^pnpm-workspace\.yaml$/).map(yamlData);
  const listed = [
    top?.workspaces,
    keysOf(top?.workspaces).packages,
    ...dataOf(pnpm).map(({ value }) => value.packages),
  ];
  const globs = listed
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .filter((glob): glob is string => typeof glob === 'string')
    .map((glob) => glob.replace(/^(!?)\.\//, '$1').replace(/\/$/, ''))
    .filter((glob) => glob.replace('!', '') !== '' && glob.length < 1_000);
  const wanted = globs.filter((glob) => !glob.startsWith('!'));
  const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const isWanted = picomatch(wanted);
  const isUnwanted = picomatch(unwanted);
  return { some: wanted.length > 0, has: (folder) => isWanted(folder) && !isUnwanted(folder) };
}
