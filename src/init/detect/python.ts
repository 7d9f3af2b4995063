import { keysOf } from '../../config/path.ts';
import { dataOf, problemsOf } from '../document.ts';
import { inFolder, isBelow, lineOf, type ProjectFiles } from '../files.ts';
import { type Finding, mockFindings, note } from '../finding.ts';
import { celeryOf } from '../python/celery.ts';
import { type PythonProject, parsedTomls, pythonProjects } from '../python/project.ts';
import { maker, serverOf } from '../python/servers.ts';
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
  'celery[redis]',
  'kombu[redis]',
  'celery-redbeat',
];

const AI = ['openai', 'anthropic', 'langchain-openai', 'langchain-anthropic'];
const PAYMENTS = ['stripe', 'dj-stripe'];

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
    ...mockFindings({ ai: project.dependency(...AI), payments: project.dependency(...PAYMENTS) }),
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
    ...celeryOf(files, project, sources, make),
  ];
}
