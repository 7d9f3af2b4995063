import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../../src/config/parse-yaml.ts';
import { configOf } from '../../../src/init/draft/draft.ts';
import { render } from '../../../src/init/render.ts';
import { config, draft, packageJson } from './project.ts';

const COMPOSE = `services:
  db: { image: "postgres:16", ports: ["5433:5432"], environment: { POSTGRES_DB: app } }
  other: { image: "postgres:15", ports: ["5434:5432"], environment: { POSTGRES_DB: stats } }
  cache: { image: "redis:7" }
  mail: { image: axllent/mailpit, ports: ["1025:1025", "8026:8025"] }
`;
const WEB = packageJson({ scripts: { dev: 'next dev' } });

/** What a line of .env.example becomes, beside the services above and a web server on port 3000. */
function env(...lines: string[]): Readonly<Record<string, string>> | undefined {
  const files = { 'compose.yaml': COMPOSE, 'package.json': WEB, '.env.example': lines.join('\n') };
  const { DATABASE_URL, REDIS_URL, ...rest } = config(files).env ?? {};
  const told = lines.some((line) => line.startsWith('DATABASE_URL'));
  return told ? { ...rest, DATABASE_URL: DATABASE_URL ?? '' } : rest;
}

describe('a variable of .env.example', () => {
  it.each([
    ['DATABASE_URL=postgres://u:p@localhost:5432/app', '${db.url}'],
    ['DATABASE_URL="postgresql://u:p@localhost/app?schema=public"', '${db.url}?schema=public'],
    ['DATABASE_URL=postgres://u:p@h/app?sslmode=require&a=1', '${db.url}?a=1'],
    ['DATABASE_URL=postgres://u:p@h/app?sslmode=disable', '${db.url}?sslmode=disable'],
    ['DATABASE_URL=postgres://USER:PASSWORD@HOST:PORT/DATABASE', '${db.url}'],
    [
      'MAIN_DB=postgresql+asyncpg://u:p@db:5432/app',
      'postgresql+asyncpg://${db.user}:${db.password}@${db.host}:${db.port}/${db.database}',
    ],
    ['SPRING_URL=jdbc:postgresql://localhost:5432/app', 'jdbc:postgresql://${db.host}:${db.port}/${db.database}'],
    ['STATS=postgres://u:p@localhost:5434/stats', '${other.url}'],
    ['STATS=postgres://u:p@other/stats', '${other.url}'],
    ['TEST_DATABASE_URL=postgres://u:p@localhost/app', undefined],
    ['SHADOW_DATABASE_URL=postgres://u:p@localhost/app', undefined],
    ['REPORTS=postgres://u:p@localhost/reports', undefined],
    ['APP_DATABASE_URL=', '${db.url}'],
    ['APP_DATABASE_URL=file:./dev.db', undefined],
    ['APP_DATABASE_URL=mysql://u:p@localhost/app', undefined],
    ['QUEUE=redis://localhost:6379/2', '${cache.url}/2'],
    ['CELERY_BROKER_URL=', '${cache.url}'],
    ['PGHOST=localhost', '${db.host}'],
    ['DB_USERNAME=root', '${db.user}'],
    ['POSTGRES_DB=', '${db.database}'],
    ['APP_URL=http://localhost:3000/app', '${web.url}/app'],
    ['APP_WS=ws://127.0.0.1:3000', 'ws://${web.host}:${web.port}'],
    ['MAIL_UI=http://localhost:8026', 'http://${mail.web}'],
    ['MAIL_UI=http://mail:8025/x?y=1', 'http://${mail.web}/x?y=1'],
    ['SMTP_URL=smtp://localhost:1025', 'smtp://${mail.smtp}'],
    ['ELSEWHERE=https://example.com:3000', undefined],
    ['LOG_LEVEL=debug', undefined],
    ['PORT=3000', undefined],
  ])('%s', (line, expected) => {
    expect(env(line)?.[line.split('=')[0] ?? '']).toBe(expected);
  });

  it('belongs to its group: a host and a port, another kind of database', () => {
    expect(env('SMTP_HOST=localhost', 'SMTP_PORT=1025')).toEqual({
      SMTP_HOST: '${mail.smtp.host}',
      SMTP_PORT: '${mail.smtp.port}',
    });
    expect(env('DB_CONNECTION=mysql', 'DB_HOST=localhost')).toEqual({});
    expect(env('DB_HOST=localhost', 'DB_PORT=3306')).toEqual({});
    expect(env('REDIS_HOST=x', 'REDIS_PASSWORD=null')).toEqual({
      REDIS_HOST: '${cache.host}',
      REDIS_PASSWORD: '${cache.password}',
    });
    expect(env('REDIS_HOST=x')?.REDIS_PASSWORD).toBe('${cache.password}');
  });

  it('is never written with its value', () => {
    const found = draft({
      '.env.example': 'STRIPE=sk_live_verysecret\nDATABASE_URL=postgres://a:verysecret@h/app\nX=verysecret',
    });
    expect(render(found)).not.toContain('verysecret');
    expect(JSON.stringify({ ...found, config: configOf(found) })).not.toContain('verysecret');
    expect(found.unset.map(({ name }) => name)).toEqual(['STRIPE', 'X']);
  });
});

describe('a server that devenv has no engine for', () => {
  const COMPOSE_FILE = `services:
  mysql:
    image: mysql:8.4
    ports: ["3307:3306"]
    environment: { MYSQL_USER: app, MYSQL_PASSWORD: local, MYSQL_DATABASE: app }
  stack: { image: redis/redis-stack }
`;
  const of = (line: string) => config({ 'compose.yaml': COMPOSE_FILE, '.env.example': line });

  it('is a plain image, and its address has the user and password that stand beside it', () => {
    expect(of('DATABASE_URL=mysql://app:local@localhost:3307/app').env).toEqual({
      DATABASE_URL: 'mysql://app:local@${mysql.mysql}/app',
    });
    expect(of('DATABASE_URL=mysql://app:of-ada-alone@localhost:3307/app').env).toBeUndefined();
  });

  it('takes the place of an engine when it listens where that would', () => {
    const { services, env } = of('REDIS_URL=redis://localhost:6379/0');
    expect(Object.keys(services ?? {})).toEqual(['mysql', 'stack']);
    expect(env).toEqual({ REDIS_URL: 'redis://${stack.redis}/0' });
  });
});

describe('names', () => {
  it('are made such that devenv takes them, and each is given once', () => {
    const { services, processes, name } = config({
      'package.json': packageJson({ name: '@a/My_App!', scripts: { dev: 'next dev', worker: 'node w.js' } }),
      'compose.yaml': 'services:\n  web: { image: nginx }\n  "9 lives": { image: a }\n  Web: { image: b }\n',
    });
    expect(name).toBe('my-app');
    expect(Object.keys(services ?? {})).toEqual(['web', 'lives', 'web-2']);
    expect(Object.keys(processes ?? {})).toEqual(['frontend', 'worker']);
  });
});

describe('of several that tell of one process', () => {
  it('the one for development is taken, and the others are named', () => {
    const found = draft({
      'package.json': packageJson({ scripts: { dev: 'next dev', start: 'next start' } }),
      Procfile: 'web: next start\nclock: node clock.js\n',
      Dockerfile: 'CMD ["node", "server.js"]\n',
    });
    expect(found.processes.map(({ name }) => name)).toEqual(['clock', 'web']);
    expect(found.notes.map(({ evidence }) => evidence.file)).toEqual(['Procfile', 'Dockerfile']);
  });

  it('servers in two languages are two processes', () => {
    const { processes } = config({
      'package.json': packageJson({ scripts: { dev: 'vite' } }),
      'requirements.txt': 'fastapi\n',
      'main.py': 'app = FastAPI()\n',
    });
    expect(Object.entries(processes ?? {}).map(([name, { port }]) => [name, port])).toEqual([
      ['web', 8000],
      ['frontend', 5173],
    ]);
  });
});

it('without anything it says so, with an example, and is a configuration', () => {
  const text = render(draft({ 'README.md': 'hello' }));
  expect(text).toContain('# Nothing was found here');
  expect(parseYaml(text)).toMatchObject({ value: null, flaws: [] });
});

it('comments hold what they quote on their own line', () => {
  const name = 'a\u2028b\nservices: {}';
  const text = render(draft({ [`${name}/go.mod`]: 'module x', [`${name}/main.go`]: 'package main\nfunc main() {}\n' }));
  expect(text.split('\n').filter((line) => line.startsWith('services'))).toEqual([]);
  expect(parseYaml(text).flaws).toEqual([]);
});
