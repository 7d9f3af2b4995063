import { folderOf, isBelow, lineOf, matching, type ProjectFiles, type TextFile } from '../files.ts';
import { type Finding, note, type ProcessFinding, Rank } from '../finding.ts';
import { pythonProjects } from '../python/project.ts';
import { sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

const ENGINE = /["']ENGINE["']\s*:\s*["'](?:django\.(?:contrib\.gis\.)?db\.backends\.)(\w+)["']/;
const NAME = /["']NAME["']\s*:\s*["']([A-Za-z_]\w*)["']/;
const PORT = 8000;

/** manage.py and the settings: the server, the migrations, and which database. */
export const detectDjango: Detector = (files) =>
  matching(files, /(^|\/)manage\.py$/)
    .filter(({ text }) => /DJANGO_SETTINGS_MODULE/.test(text))
    .flatMap(({ name }) => [...processesOf(files, name), ...databaseOf(files, folderOf(name))]);

function processesOf(files: ProjectFiles, name: string): readonly Finding[] {
  const cwd = folderOf(name);
  const project =
    pythonProjects(files).find(({ folder }) => folder === cwd) ??
    pythonProjects(files).find(({ folder }) => isBelow(folder, cwd));
  const runner = project?.runner ?? '';
  const shared = {
    kind: 'process',
    rank: Rank.develop,
    language: 'python',
    cwd,
    evidence: { file: name, what: 'Django' },
  } as const;
  const web: ProcessFinding = {
    ...shared,
    role: 'web',
    name: 'web',
    command: `${runner}python manage.py runserver $PORT`,
    port: { value: PORT, evidence: { file: name, what: "Django's own port" } },
  };
  return [{ ...shared, role: 'migrate', name: 'migrate', command: `${runner}python manage.py migrate --noinput` }, web];
}

function databaseOf(files: ProjectFiles, folder: string): readonly Finding[] {
  const settings = sourcesOf(files, /(^|\/)settings(\/\w+)?\.py$/).filter(({ name }) => isBelow(folder, name));
  return settings.flatMap((file) => fromSettings(file));
}

function fromSettings({ name: file, text }: TextFile): readonly Finding[] {
  const engine = ENGINE.exec(text)?.[1];
  if (engine === undefined) return [];
  const line = lineOf(text, ENGINE);
  const evidence = { file, ...(line === undefined ? {} : { line }), what: `ENGINE ${engine}` };
  if (engine === 'sqlite3') return [];
  if (engine !== 'postgresql' && engine !== 'postgis') return [note(`${engine} is no engine of devenv's`, evidence)];
  const database = NAME.exec(text)?.[1];
  const at = lineOf(text, NAME);
  return [
    { kind: 'need', engine: 'postgres', evidence },
    ...(engine === 'postgis'
      ? [{ kind: 'detail', engine: 'postgres', key: 'extension', value: 'postgis', evidence } as const]
      : []),
    ...(database === undefined
      ? []
      : [
          {
            kind: 'detail',
            engine: 'postgres',
            key: 'database',
            value: database,
            evidence: { file, ...(at === undefined ? {} : { line: at }), what: 'NAME' },
          } as const,
        ]),
    ...(/os\.environ|getenv|env\(|env\.|config\(|dj_database_url/.test(text)
      ? []
      : [
          note(
            'the settings read no variables: the database has to come from them, as in os.environ["DB_HOST"]',
            evidence,
          ),
        ]),
  ];
}
