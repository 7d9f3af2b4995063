import { describe, expect, it } from 'vitest';
import { problemsOfText } from '../../../src/config/check-text.ts';
import { parseYaml } from '../../../src/config/parse-yaml.ts';
import { basisOf, configOf, type Draft } from '../../../src/init/draft/draft.ts';
import { formatEvidence } from '../../../src/init/finding.ts';
import { render } from '../../../src/init/render.ts';
import { type Config, config, draft, lines, packageJson } from './project.ts';

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
    ['MAIL_UI=http://mail:8025/x?api_key=abc', undefined],
    ['MAIN=postgres://u@h/app?password=abc', undefined],
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
    expect(env('REDIS_HOST=x', 'REDIS_PORT=', 'REDIS_PASSWORD=null')).toEqual({
      REDIS_HOST: '${cache.host}',
      REDIS_PORT: '${cache.port}',
      REDIS_PASSWORD: '${cache.password}',
    });
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

it('that code takes with an address of this machine leads to the process there', () => {
  const files = {
    'api/package.json': packageJson({ scripts: { dev: 'node server.js --port 8000' } }),
    'api/server.js': 'listen(process.env.PORT ?? 8000)',
    'web/package.json': packageJson({ scripts: { dev: 'vite' } }),
    'web/src/main.ts': `
      fetch(import.meta.env.VITE_API_URL ?? 'http://localhost:8000/v1');
      fetch(process.env.OTHER_URL || "http://localhost:9999");
      fetch(process.env.FAR_URL || 'https://example.com:8000');`,
  };
  expect(config(files).env).toEqual({ VITE_API_URL: '${api.url}/v1' });
});

describe('what an empty database begins with', () => {
  const DJANGO = {
    'back end/manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')",
    'back end/requirements.txt': 'django\npsycopg2',
  };
  const KNEX = {
    'package.json': packageJson({ dependencies: { pg: '8', knex: '3' }, scripts: { migrate: 'knex migrate:latest' } }),
    'migrations/1.js': 'exports.up = () => {}',
    'test/migrations/1.js': 'exports.up = () => {}',
  };

  it('is the migration, with the folders of the app that it reads', () => {
    expect(config(KNEX).data).toEqual({ migrate: { run: 'npm run migrate', files: ['migrations/**'] } });
  });

  it('is all of them in their order, each in its folder', () => {
    const { data } = config({ ...KNEX, ...DJANGO, 'back end/blog/migrations/0001_initial.py': '' });
    expect(data?.migrate).toEqual({
      run: "npm run migrate && (cd 'back end' && python manage.py migrate --noinput)",
      files: ['back end/blog/migrations/**', 'migrations/**'],
    });
    expect(config(DJANGO).data?.migrate).toEqual({ run: "cd 'back end' && python manage.py migrate --noinput" });
  });

  it('is not told where there are two databases, or no migration', () => {
    expect(config({ ...KNEX, 'compose.yaml': COMPOSE })).not.toHaveProperty('data');
    expect(config({ 'package.json': packageJson({ dependencies: { pg: '8' } }) })).not.toHaveProperty('data');
  });
});

describe('a host without its port', () => {
  const of = (name: string) => {
    const found = draft({ 'compose.yaml': COMPOSE, 'app.js': `connect(process.env.${name})` });
    return { env: configOf(found).env, notes: lines(found.notes) };
  };

  it('has it beside it, and that nothing reads it is said', () => {
    const { env, notes } = of('REDISHOST');
    expect(env).toEqual({
      REDISHOST: '${cache.host}',
      REDISPORT: '${cache.port}',
      REDISPASSWORD: '${cache.password}',
      DATABASE_URL: '${db.url}',
    });
    expect(notes).toEqual([
      'note nothing here reads the port of cache, which is not 6379: let the app take it from REDISPORT  app.js:1 reads REDISHOST',
      'note nothing here reads the password of cache: let the app take it from REDISPASSWORD  app.js:1 reads REDISHOST',
    ]);
    expect(of('DB_HOST').env).toMatchObject({ DB_PORT: '${db.port}', DB_PASSWORD: '${db.password}' });
    expect(of('DB_HOST').notes[0]).toContain('the port of db, which is not 5432: let the app take it from DB_PORT');
  });

  it('is found by the libraries themselves where it is called PGHOST', () => {
    expect(of('PGHOST').env).toMatchObject({
      PGHOST: '${db.host}',
      PGPORT: '${db.port}',
      PGPASSWORD: '${db.password}',
    });
    expect(of('PGHOST').notes).toEqual([]);
  });
});

describe('parts of a project', () => {
  const part = packageJson({ scripts: { dev: 'next dev', migrate: 'node m.js' }, dependencies: { pg: '8' } });
  const of = (files: Readonly<Record<string, string>>, more: readonly string[] = []) =>
    draft({
      'package.json': packageJson({ workspaces: ['apps/*', ...more] }),
      'apps/admin/package.json': part,
      'apps/shop/package.json': part,
      ...files,
    });
  const databases = (found: Draft) =>
    Object.entries((configOf(found) as Config).services ?? {}).map(([name, { database }]) => [name, database]);
  const own = (found: Draft) =>
    Object.fromEntries(
      Object.entries((configOf(found) as Config).processes ?? {}).map(([name, { env }]) => [name, env]),
    );

  it.each([
    ['DATABASE_URL=postgres://a:b@localhost:5432/', { DATABASE_URL: 'url' }],
    ['PGDATABASE=', { PGDATABASE: 'database' }],
  ])('that name different databases have one each: %s', (line, keys) => {
    const found = of({ 'apps/admin/.env.example': `${line}admin`, 'apps/shop/.env.example': `${line}shop_db` });
    expect(databases(found)).toEqual([
      ['db', 'admin'],
      ['shop-db', 'shop_db'],
    ]);
    const [[key, attribute] = ['', '']] = Object.entries(keys);
    const [admin, shop] = [{ [key]: `\${db.${attribute}}` }, { [key]: `\${shop-db.${attribute}}` }];
    expect(own(found)).toEqual({ 'migrate-admin': admin, 'migrate-shop': shop, admin, shop });
    expect(configOf(found).env).toBeUndefined();
    expect(configOf(found)).toMatchObject({ processes: { 'migrate-shop': { needs: ['shop-db'] } } });
    expect(found.services.map(({ because }) => because.map(formatEvidence))).toEqual([
      expect.not.arrayContaining([expect.stringContaining('apps/shop')]),
      expect.not.arrayContaining([expect.stringContaining('apps/admin')]),
    ]);
    expect(basisOf(found).map(({ path, file }) => [path, file])).toContainEqual([
      `processes.shop.env.${key}`,
      'apps/shop/.env.example',
    ]);
    expect(parseYaml(render(found)).value).toEqual(configOf(found));
  });

  it('that name the same have one, for all', () => {
    const line = 'DATABASE_URL=postgres://a:b@localhost:5432/app';
    const found = of({ 'apps/admin/.env.example': line, 'apps/shop/.env.example': line });
    expect(databases(found)).toEqual([['db', 'app']]);
    expect(configOf(found).env).toEqual({ DATABASE_URL: '${db.url}' });
  });

  it('that name none have that of the top one, or a note where there is none', () => {
    const url = (database: string) => `DATABASE_URL=postgres://a:b@localhost/${database}`;
    const top = of({ '.env.example': url('main'), 'apps/shop/.env.example': url('shop') });
    expect(databases(top)).toEqual([
      ['db', 'main'],
      ['shop-db', 'shop'],
    ]);
    expect(configOf(top).env).toEqual({ DATABASE_URL: '${db.url}' });
    expect(own(top)).toMatchObject({ shop: { DATABASE_URL: '${shop-db.url}' }, admin: undefined });
    const without = of({
      'apps/admin/.env.example': url('admin'),
      'apps/shop/.env.example': url('shop'),
      'apps/third/package.json': part,
    });
    expect(without.notes.map(({ evidence }) => evidence.file)).toContain('apps/third/package.json');
  });

  const needs = (found: Draft) =>
    Object.fromEntries(
      Object.entries((configOf(found) as Config).processes ?? {}).map(([name, one]) => [name, one.needs]),
    );

  it('wait for their own migrations, and those at the top', () => {
    const migrated = of({ 'apps/pages/package.json': packageJson({ scripts: { dev: 'vite' } }) });
    expect(needs(migrated)).toEqual({
      'migrate-admin': ['db'],
      'migrate-shop': ['db'],
      admin: ['db', 'migrate-admin'],
      shop: ['db', 'migrate-shop'],
      pages: ['db'],
    });
    const shared = of({ 'packages/db/package.json': packageJson({ scripts: { migrate: 'node m.js' } }) }, [
      'packages/*',
    ]);
    expect(needs(shared)).toMatchObject({ admin: ['db', 'migrate-admin', 'migrate-db'] });
  });

  it('that have a database and no migrations wait for those of the others', () => {
    const worker = packageJson({ scripts: { dev: 'node w.js' }, dependencies: { pg: '8' } });
    expect(needs(of({ 'apps/mail/package.json': worker })).mail).toEqual(['db', 'migrate-admin', 'migrate-shop']);
    const urls = {
      'apps/admin/.env.example': 'DATABASE_URL=postgres://localhost/one',
      'apps/shop/.env.example': 'DATABASE_URL=postgres://localhost/two',
      'apps/mail/.env.example': 'DATABASE_URL=postgres://localhost/two',
    };
    expect(needs(of({ ...urls, 'apps/mail/package.json': worker })).mail).toEqual(['two-db', 'migrate-shop']);
  });

  it('take a database that a compose file has, and bring along what the server is', () => {
    const compose = `services:
  pg: { image: "postgres:15", environment: { POSTGRES_DB: shop, POSTGRES_USER: ada }, volumes: ["./sql:/docker-entrypoint-initdb.d"] }
  admin: { build: ./apps/admin, environment: { DATABASE_URL: "postgres://ada:x@pg/admin" } }
  shop: { build: ./apps/shop, environment: { DATABASE_URL: "postgres://ada:x@pg/shop" } }
`;
    const found = of({ 'compose.yaml': compose });
    expect(configOf(found).services).toEqual({
      pg: {
        engine: 'postgres',
        version: '15',
        database: 'shop',
        user: 'ada',
        volumes: ['./sql:/docker-entrypoint-initdb.d'],
      },
      'admin-db': { engine: 'postgres', version: '15', database: 'admin', user: 'ada' },
    });
    expect(own(found)).toMatchObject({
      admin: { DATABASE_URL: '${admin-db.url}' },
      shop: { DATABASE_URL: '${pg.url}' },
    });
  });
});

it('two of an app that name different databases do not get the same', () => {
  const found = draft({
    'compose.yaml': `services:
  db: { image: "postgres:16", environment: { POSTGRES_DB: app } }
  web: { build: ., command: node web.js, ports: ["80:80"], environment: { DATABASE_URL: "postgres://db/app" } }
  worker: { build: ., command: node worker.js, environment: { DATABASE_URL: "postgres://db/stats" } }
`,
  });
  const { processes, env } = configOf(found) as Config;
  expect(env).toBeUndefined();
  expect(processes?.web?.env).toEqual({ DATABASE_URL: '${db.url}' });
  expect(processes?.worker?.env).toBeUndefined();
  expect(lines(found.notes)).toContain(
    'note left out: it names a database that is none of the services here  compose.yaml:4 DATABASE_URL',
  );
});

describe("the variables of an app's own services", () => {
  const found = draft({
    'compose.yaml': `services:
  backend:
    build: ./backend
    environment:
      NODE_ENV: development
      LOG_LEVEL: debug
      FEATURE_X: 1
      MODE: \${MODE:-fast}
      TEAM: \${TEAM}
      STRIPE_KEY: abc
      SIGNED: \${SIGNED:-abcdefabcdef0123456789abcdef}
      PEER: https://ada:x@example.com
      DATA_DIR: /app/data
      KAFKA: kafka:9092
      WEB_URL: http://frontend:80/x
      PORT: 4000
  worker:
    build: { context: ./backend }
    command: node worker.js
    environment: { LOG_LEVEL: debug, QUEUES: "a,b" }
  frontend:
    build: ./web
    environment: [REGION=eu, "API=http://backend:4000/v1"]
  kafka: { image: acme/kafka, profiles: [all] }
`,
    'backend/package.json': packageJson({ scripts: { dev: 'nest start' }, dependencies: { express: '5' } }),
    'web/package.json': packageJson({ scripts: { dev: 'vite' } }),
  });
  const { processes, env } = configOf(found) as Config;

  it('are those of their processes', () => {
    const both = { LOG_LEVEL: 'debug' };
    expect(processes?.backend?.env).toEqual({
      NODE_ENV: 'development',
      ...both,
      FEATURE_X: '1',
      MODE: '${MODE:-fast}',
    });
    expect(processes?.worker?.env).toEqual({ ...both, QUEUES: 'a,b' });
    expect(processes?.web?.env).toEqual({ REGION: 'eu' });
  });

  it('lead to processes here', () => {
    expect(env).toEqual({ WEB_URL: '${web.url}/x', API: '${backend.url}/v1' });
  });

  it('are named without a value where they look secret, or mean something inside of a container', () => {
    const names = ['TEAM', 'STRIPE_KEY', 'SIGNED', 'PEER', 'DATA_DIR', 'KAFKA'];
    expect(found.unset.map(({ name }) => name)).toEqual(names);
    expect(render(found)).not.toMatch(/abc|ada:x/);
  });

  it('are for all where one process or all of them have the same', () => {
    const files = {
      'compose.yaml': 'services: { app: { build: ., environment: { LOG_LEVEL: debug, PRICE: "5$$${X:-y}" } } }',
      'package.json': WEB,
    };
    expect(config(files).env).toEqual({ LOG_LEVEL: 'debug', PRICE: '5$$${X:-y}' });
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

it('a plain image waits for what its variables lead to, as long as that is no circle', () => {
  const needs = (services: string) =>
    Object.fromEntries(
      Object.entries((config({ 'compose.yaml': `services:\n${services}` }) as Config).services ?? {}).map(
        ([name, one]) => [name, one.needs],
      ),
    );
  expect(
    needs(`
  db: { image: "postgres:16" }
  admin: { image: pgweb, environment: { URL: "postgres://postgres:x@db:5432/postgres", DB_HOST: db } }
  other: { image: nginx, environment: { NAME: db-like, USER: db } }
`),
  ).toEqual({ db: undefined, admin: ['db'], other: undefined });
  const circle = (more: string) =>
    needs(`
  one: { image: nginx, expose: ["80"], environment: { NEXT: "http://two:80" } ${more} }
  two: { image: nginx, expose: ["80"], environment: { BACK: "http://one:80" } }
`);
  expect(circle('')).toEqual({ one: undefined, two: undefined });
  expect(circle(', depends_on: [two]')).toEqual({ one: ['two'], two: undefined });
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

describe('providers that can be mocked', () => {
  it.each([
    ['package.json', packageJson({ dependencies: { openai: '^6', stripe: '^20' } })],
    ['requirements.txt', 'anthropic\nstripe\n'],
    ['Gemfile', "gem 'ruby-openai'\ngem 'stripe'\n"],
    [
      'go.mod',
      'module x\nrequire (\n\tgithub.com/openai/openai-go v1.0.0\n\tgithub.com/stripe/stripe-go/v82 v82.0.0\n)\n',
    ],
    ['.env.example', 'ANTHROPIC_API_KEY=\nSTRIPE_WEBHOOK_SECRET=whsec_x\n'],
  ])('are, where their clients or keys are in %s', (name, text) => {
    const found = draft({ [name]: text });
    expect(configOf(found)).toMatchObject({ mocks: { ai: {}, payments: {} } });
    expect(found.mocks.map(({ because }) => because[0]?.file)).toEqual([name, name]);
    expect(found.unset).toEqual([]);
    expect(found.notes.map(({ text: words }) => words)).toEqual([expect.stringContaining('mocks.payments.webhook')]);
    expect(problemsOfText('devenv.config.yaml', render(found))).toEqual([]);
  });

  it('are not, where nothing speaks of them', () => {
    expect(config({ 'package.json': packageJson({ dependencies: { express: '5' } }) }).mocks).toBeUndefined();
  });

  it('give their variables, whatever an example says, and have their name for themselves', () => {
    const files = {
      'package.json': packageJson({ scripts: { dev: 'next dev' }, dependencies: { openai: '^6' } }),
      'compose.yaml': 'services:\n  mocks: { image: "example/mocks:1", ports: ["4010:4010"] }\n',
      '.env.example': 'OPENAI_BASE_URL=http://mocks:4010/v1\nSTRIPE_KEY=\n',
    };
    const { env, services, mocks } = config(files);
    expect(mocks).toEqual({ ai: {} });
    expect(env?.OPENAI_BASE_URL).toBeUndefined();
    expect(Object.keys(services ?? {})).toEqual(['mocks-2']);
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
