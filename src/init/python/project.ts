import { entriesOf, keysOf } from '../../config/path.ts';
import { dataOf, type Parsed, tomlData } from '../document.ts';
import { folderOf, inFolder, lineOf, matching, type ProjectFiles, type TextFile } from '../files.ts';
import type { Evidence } from '../finding.ts';

/** A folder with a list of Python packages. */
export interface PythonProject {
  readonly folder: string;
  /** How programs of its environment are run: `poetry run `, or nothing. */
  readonly runner: string;
  /** Where a package is asked for; undefined when it isn't. */
  dependency(...names: readonly string[]): Evidence | undefined;
}

const LISTS = /(^|\/)(pyproject\.toml|Pipfile|requirements([\w.-]*)\.(txt|in)|requirements\/[\w.-]+\.(txt|in))$/;
const RUNNERS: Readonly<Record<string, string>> = {
  'uv.lock': 'uv run ',
  'poetry.lock': 'poetry run ',
  'Pipfile.lock': 'pipenv run ',
  'pdm.lock': 'pdm run ',
};

interface Dependency {
  readonly name: string;
  readonly evidence: Evidence;
}

export function parsedTomls(files: ProjectFiles): readonly Parsed[] {
  return matching(files, /(^|\/)(pyproject\.toml|Pipfile)$/).map(tomlData);
}

export function pythonProjects(files: ProjectFiles): readonly PythonProject[] {
  const lists = matching(files, LISTS);
  const folders = [...new Set(lists.map(({ name }) => folderOf(name).replace(/(^|\/)requirements$/, '') || '.'))];
  return folders.map((folder) => {
    const own = lists.filter(({ name }) => (folderOf(name).replace(/(^|\/)requirements$/, '') || '.') === folder);
    const dependencies = own.flatMap((file) => (file.name.match(/\.(txt|in)$/) ? fromText(file) : fromToml(file)));
    const lock = Object.keys(RUNNERS).find((name) => files.names.includes(inFolder(folder, name)));
    return {
      folder,
      runner: RUNNERS[lock ?? ''] ?? '',
      dependency: (...names) => dependencies.find(({ name }) => names.includes(name))?.evidence,
    };
  });
}

function fromText({ name: file, text }: TextFile): readonly Dependency[] {
  return text.split('\n').flatMap((content, index) => {
    return packageNames(content).map((name) => ({
      name,
      evidence: { file, line: index + 1, what: `depends on ${name}` },
    }));
  });
}

function fromToml(file: TextFile): readonly Dependency[] {
  const [data] = dataOf([tomlData(file)]);
  if (!data) return [];
  const { project, tool, packages, 'dev-packages': development, 'dependency-groups': groups } = data.value;
  const poetry = keysOf(keysOf(tool).poetry);
  const tables = [
    poetry.dependencies,
    packages,
    development,
    ...Object.values(keysOf(poetry.group)).map((group) => keysOf(group).dependencies),
  ];
  const lists = [
    keysOf(project).dependencies,
    ...Object.values(keysOf(keysOf(project)['optional-dependencies'])),
    ...Object.values(keysOf(groups)),
  ];
  const names = [
    ...tables.flatMap((table) => entriesOf(table).map(([name, asked]) => `${name}${extrasIn(asked)}`)),
    ...lists.flatMap((list): unknown[] => (Array.isArray(list) ? list : [])).filter((item) => typeof item === 'string'),
  ];
  return names.flatMap((text) => {
    const [name, ...extras] = packageNames(String(text));
    if (name === undefined) return [];
    const written = /^[\w.-]+/.exec(String(text))?.[0] ?? name;
    const line =
      lineOf(file.text, new RegExp(`^[ \\t]*["']?${written.replaceAll('.', '\\.')}\\b`, 'im')) ??
      lineOf(file.text, new RegExp(`["']${written.replaceAll('.', '\\.')}\\b`, 'i'));
    return [name, ...extras].map((one) => ({
      name: one,
      evidence: { file: file.name, ...(line === undefined ? {} : { line }), what: `depends on ${one}` },
    }));
  });
}

/** `celery = { extras = ["redis"], version = "^5" }` */
function extrasIn(asked: unknown): string {
  const { extras } = keysOf(asked);
  return Array.isArray(extras) ? `[${extras.join(',')}]` : '';
}

/** `Psycopg2_Binary[pool]>=2.9 ; python_version…` is `psycopg2-binary`, and `psycopg2-binary[pool]` as well. */
function packageNames(text: string): readonly string[] {
  const [, written, extras = ''] = /^[ \t]*([A-Za-z][\w.-]*)[ \t]*(?:\[([^\]]*)\])?/.exec(text) ?? [];
  if (written === undefined) return [];
  const name = plainName(written);
  const further = extras.split(',').map((extra) => plainName(extra.trim()));
  return [name, ...further.filter((extra) => extra !== '').map((extra) => `${name}[${extra}]`)];
}

function plainName(text: string): string {
  return text.toLowerCase().replace(/[._]+/g, '-');
}
