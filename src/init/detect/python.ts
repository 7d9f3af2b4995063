import { keysOf } from '../../config/path.ts';
import { dataOf, problemsOf } from '../document.ts';
import { inFolder, isBelow, lineAt, lineOf, type ProjectFiles, type TextFile } from '../files.ts';
import { type Evidence, type Finding, note, type ProcessFinding, Rank, type Role } from '../finding.ts';
import { type PythonProject, parsedTomls, pythonProjects } from '../python/project.ts';
import { sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

const POSTGRES = ['psycopg', 'psycopg-binary', 'psycopg2', 'psycopg2-binary', 'asyncpg', 'aiopg', 'pg8000'];
const REDIS = [
  'redis',
  'django-redis',
  'aioredis',
  'rq',
  'django-rq',
  'arq',
  'dramatiq',
  'channels-redis',
  'flask-redis',
];

/** Python's packages and what they serve an app with. Django has a detector of its own. */
export const detectPython: Detector = (files) => [
  ...problemsOf(parsedTomls(files)),
  ...nameOf(files),
  ...pythonProjects(files).flatMap((project) => [...needsOf(project), ...processesOf(files, project)]),
];

function nameOf(files: ProjectFiles): readonly Finding[] {
  const data = dataOf(parsedTomls(files)).find(({ name }) => name === 'pyproject.toml');
  const name = keysOf(data?.value.project).name ?? keysOf(keysOf(data?.value.tool).poetry).name;
  if (!data || typeof name !== 'string') return [];
  const line = lineOf(files.texts.get(data.name) ?? '', /^name\s*=/m);
  return [
    { kind: 'name', value: name, evidence: { file: data.name, ...(line === undefined ? {} : { line }), what: 'name' } },
  ];
}

function needsOf(project: PythonProject): readonly Finding[] {
  const postgres = project.dependency(...POSTGRES);
  const redis = project.dependency(...REDIS);
  const mysql = project.dependency('mysqlclient', 'pymysql', 'aiomysql');
  return [
    ...(postgres ? [{ kind: 'need', engine: 'postgres', evidence: postgres } as const] : []),
    ...(redis ? [{ kind: 'need', engine: 'redis', evidence: redis } as const] : []),
    ...(mysql ? [note("MySQL is no engine of devenv's; a service with its image does it", mysql)] : []),
    ...schemeOf(project),
  ];
}

/** SQLAlchemy takes the driver from the URL's scheme, and knows no `postgres:`. */
function schemeOf(project: PythonProject): readonly Finding[] {
  const evidence = project.dependency('sqlalchemy', 'flask-sqlalchemy', 'sqlmodel', 'databases', 'alembic');
  if (!evidence) return [];
  const drivers = { asyncpg: ['asyncpg'], psycopg: ['psycopg', 'psycopg-binary'] };
  const sync = project.dependency('psycopg2', 'psycopg2-binary');
  const driver = sync ? undefined : Object.entries(drivers).find(([, names]) => project.dependency(...names))?.[0];
  const value = driver === undefined ? 'postgresql' : `postgresql+${driver}`;
  return [{ kind: 'detail', engine: 'postgres', key: 'scheme', value, evidence }];
}

function processesOf(files: ProjectFiles, project: PythonProject): readonly Finding[] {
  const sources = sourcesOf(files, /\.py$/).filter(({ name }) => isBelow(project.folder, name));
  const make = maker(project);
  const alembic = files.texts.has(inFolder(project.folder, 'alembic.ini'));
  return [
    ...(alembic
      ? [
          make('migrate', 'migrate', 'alembic upgrade head', {
            file: inFolder(project.folder, 'alembic.ini'),
            what: 'migrations of Alembic',
          }),
        ]
      : []),
    ...serverOf(project, sources, make),
    ...celeryOf(project, sources, make),
  ];
}

type Make = (role: Role, name: string, command: string, evidence: Evidence) => ProcessFinding;

function maker(project: PythonProject): Make {
  return (role, name, command, evidence) => ({
    kind: 'process',
    role,
    name,
    command: `${project.runner}${command}`,
    rank: Rank.develop,
    language: 'python',
    cwd: project.folder,
    evidence,
  });
}

/** `app = FastAPI(` in `app/main.py` is `app.main:app`. */
const SERVERS = [
  {
    library: 'fastapi',
    made: /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:fastapi\.)?FastAPI\(/m,
    command: (app: string, folder: string) => `uvicorn ${folder}${app} --reload --port $PORT`,
    port: 8000,
  },
  {
    library: 'starlette',
    made: /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*Starlette\(/m,
    command: (app: string, folder: string) => `uvicorn ${folder}${app} --reload --port $PORT`,
    port: 8000,
  },
  {
    library: 'flask',
    made: /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:flask\.)?Flask\(/m,
    command: (app: string) => `flask --app ${app} run --debug --port $PORT`,
    port: 5000,
  },
] as const;

function serverOf(project: PythonProject, sources: readonly TextFile[], make: Make): readonly Finding[] {
  for (const { library, made, command, port } of SERVERS) {
    const depends = project.dependency(library);
    if (!depends) continue;
    const file = sources.find(({ text }) => made.test(text));
    if (!file) {
      const factory = library === 'flask' ? sources.find(({ text }) => /^def create_app\(/m.test(text)) : undefined;
      if (!factory)
        return [note(`no ${library} app was found in the code; a process has to be written by hand`, depends)];
      return [
        withPort(
          make(
            'web',
            'web',
            command(moduleOf(project, factory.name).module, ''),
            at(factory, /^def create_app/m, 'create_app'),
          ),
          port,
        ),
      ];
    }
    const { module, folder } = moduleOf(project, file.name);
    const app = `${module}:${made.exec(file.text)?.[1] ?? 'app'}`;
    return [withPort(make('web', 'web', command(app, folder), at(file, made, library)), port)];
  }
  return [];
}

function withPort(process: ProcessFinding, value: number): ProcessFinding {
  return {
    ...process,
    port: { value, evidence: { ...process.evidence, what: `${process.evidence.what}'s own port` } },
  };
}

function celeryOf(project: PythonProject, sources: readonly TextFile[], make: Make): readonly Finding[] {
  const made = /^\w+\s*=\s*Celery\(/m;
  const file = project.dependency('celery') && sources.find(({ text }) => made.test(text));
  if (!file) return [];
  const { module } = moduleOf(project, file.name);
  return [
    make(
      'worker',
      'worker',
      `celery -A ${module.replace(/\.celery$/, '')} worker --loglevel info`,
      at(file, made, 'Celery'),
    ),
  ];
}

/** Code below `src` is imported without it. */
function moduleOf(project: PythonProject, file: string): { readonly module: string; readonly folder: string } {
  const own = project.folder === '.' ? file : file.slice(project.folder.length + 1);
  const inside = own.startsWith('src/') ? own.slice(4) : own;
  const module = inside
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
  return { module, folder: inside === own ? '' : '--app-dir src ' };
}

function at({ name, text }: TextFile, pattern: RegExp, what: string): Evidence {
  const line = lineOf(text, pattern) ?? lineAt(text, 0);
  return { file: name, line, what };
}
