import { describe, expect, it } from 'vitest';
import { detectCompose } from '../../../../src/init/detect/compose.ts';
import { configOf } from '../../../../src/init/draft/draft.ts';
import { config, draft, filesOf, lines } from '../project.ts';

const compose = (services: string) => ({ 'compose.yaml': `services:\n${services.replace(/^/gm, '  ')}` });

describe('an image', () => {
  it.each([
    ['postgres:16-alpine', { engine: 'postgres', version: '16' }],
    ['docker.io/library/postgres:15.4', { engine: 'postgres', version: '15' }],
    ['postgres', { engine: 'postgres', version: '17' }],
    ['postgres:9.6', { engine: 'postgres', version: '17' }],
    ['postgres@sha256:0000', { engine: 'postgres', version: '17' }],
    [
      'registry.acme.dev:5000/library/postgres:14',
      { engine: 'postgres', version: '14', image: 'registry.acme.dev:5000/library/postgres:14' },
    ],
    ['pgvector/pgvector:0.8.0-pg17', { engine: 'postgres', version: '17', image: 'pgvector/pgvector:0.8.0-pg17' }],
    ['postgis/postgis:16-3.4', { engine: 'postgres', version: '16', image: 'postgis/postgis:16-3.4' }],
    [
      'timescale/timescaledb:latest-pg16',
      { engine: 'postgres', version: '16', image: 'timescale/timescaledb:latest-pg16' },
    ],
    ['bitnami/postgresql:16.2.0', { engine: 'postgres', version: '16' }],
    ['redis:7-alpine', { engine: 'redis', version: '7' }],
    ['redis', { engine: 'redis' }],
    ['valkey/valkey:8', { engine: 'redis', version: '8', image: 'valkey/valkey:8' }],
    ['redis/redis-stack-server:7.4.0', { image: 'redis/redis-stack-server:7.4.0', ports: { redis: 6379 } }],
    ['acme/postgres-exporter:1', { image: 'acme/postgres-exporter:1' }],
    ['postgres:${PG:-15}', { engine: 'postgres', version: '15' }],
    ['acme/thing:${TAG}', { image: 'acme/thing' }],
  ])('%s', (image, expected) => {
    expect(config(compose(`db:\n  image: ${image}`)).services).toEqual({ db: expected });
  });

  it('says which version devenv does not have', () => {
    const { notes } = draft(compose('db:\n  image: postgres:9.6'));
    expect(lines(notes)).toEqual(["note postgres 9 is none of devenv's versions  compose.yaml:3 image postgres:9.6"]);
  });
});

describe('an engine', () => {
  it('has its database and user, also by way of variables', () => {
    const files = {
      ...compose(
        'db:\n  image: postgres:16\n  environment:\n    - POSTGRES_USER=${DB_USER}\n    - POSTGRES_PASSWORD=secret',
      ),
      '.env.example': 'DB_USER=ada\n',
    };
    expect(config(files).services?.db).toEqual({ engine: 'postgres', version: '16', database: 'ada', user: 'ada' });
  });

  it('keeps the arguments of its server, without those that devenv says itself', () => {
    const command = (image: string, text: string) =>
      config(compose(`db:\n  image: ${image}\n  command: ${text}`)).services?.db?.command;
    expect(command('postgres:16', "postgres -c 'a=b c' -c x=1")).toEqual(['-c', 'a=b c', '-c', 'x=1']);
    expect(command('redis:7', 'redis-server --requirepass secret --appendonly yes')).toEqual(['--appendonly', 'yes']);
    expect(command('redis:7', '["redis-server", "/etc/redis.conf"]')).toBeUndefined();
    expect(command('redis:7', '["sh", "-c", "redis-server"]')).toBeUndefined();
  });

  it('leaves its data to devenv, and keeps scripts for its beginning', () => {
    const volumes =
      'volumes:\n  - data:/var/lib/postgresql/data\n  - ./sql:/docker-entrypoint-initdb.d:ro,z\n  - ../up:/up\n  - /abs:/abs';
    const found = draft(compose(`db:\n  image: postgres:16\n  ${volumes.replaceAll('\n', '\n  ')}`));
    expect(found.services[0]?.lines.find(({ key }) => key === 'volumes')?.value).toEqual([
      './sql:/docker-entrypoint-initdb.d:ro',
    ]);
    expect(found.notes.map(({ text }) => text)).toEqual([
      'volume ../up:/up left out: it leads out of the project',
      'volume /abs:/abs left out: it leads out of the project',
    ]);
  });
});

describe('a plain image', () => {
  const service = (text: string) =>
    config(compose(`my_Mail:\n  image: acme/mail:1\n  ${text.replaceAll('\n', '\n  ')}`)).services?.['my-mail'];

  it.each([
    ['ports: ["8025:8025", "127.0.0.1:2525:1025", "9999"]', { web: 8025, smtp: 1025, p9999: 9999 }],
    ['ports:\n  - target: 3000\n    published: 4000', { web: 3000 }],
    ['ports: ["8080:80", "8081:8080"]', { web: 80, 'web-8080': 8080 }],
    ['expose: [5672]', { amqp: 5672 }],
    ['ports: ["5000-5010:5000-5010", "53:53/udp", "x"]', undefined],
  ])('has named ports: %s', (text, ports) => {
    expect(service(text)?.ports).toEqual(ports);
  });

  it("has the variables, with references in devenv's words and without keys of real accounts", () => {
    const text = 'environment:\n  A: ${B:-c}\n  D: ${E}\n  F: a$$b\n  G:\n  KEY: sk_live_1234567890\n  N: 007';
    expect(service(text)?.env).toEqual({ A: '${B:-c}', D: '${E:-}', F: 'a$b', G: '${G:-}', KEY: '${KEY:-}', N: '7' });
  });

  it('refers to other services by what devenv calls them', () => {
    const { services } = config(
      compose(
        'my_db:\n  image: postgres:16\nadmin:\n  image: acme/admin\n  depends_on: [my_db, app]\n  environment:\n    PGHOST: my_db\n    PGPASSWORD: secret\napp:\n  build: .',
      ),
    );
    expect(services?.admin).toEqual({
      image: 'acme/admin',
      env: { PGHOST: '${my-db.host}', PGPASSWORD: '${my-db.password}' },
      needs: ['my-db'],
    });
  });

  it('says which keys devenv has none for', () => {
    const { notes } = draft(
      compose('a:\n  image: acme/a\n  entrypoint: sh\n  privileged: true\nb:\n  image: b\n  profiles: [tools]'),
    );
    expect(notes.map(({ text }) => text)).toEqual([
      'entrypoint of a left out: devenv has no such key',
      'privileged of a left out: devenv has no such key',
      'left out: it starts with a profile only',
    ]);
  });
});

describe('what is built', () => {
  it('is the app: its variables and its command count, its container does not', () => {
    const text =
      'db:\n  image: postgres:16\napi:\n  build: { context: ./api }\n  command: node "my server.js"\n  ports: ["3000:8080"]\n  environment: { DB: "postgres://a:b@db/app" }';
    const found = config(compose(text));
    expect(found.processes).toEqual({
      api: { command: "node 'my server.js'", cwd: 'api', port: 8080, needs: ['db'] },
    });
    expect(found.env).toEqual({ DB: '${db.url}' });
  });
});

it('reads one file, and says which others it did not', () => {
  const files = filesOf({
    'docker-compose.yml': 'services: {}',
    'docker-compose.dev.yml': 'services: {}',
    'docker/compose.yaml': '',
  });
  expect(lines(detectCompose(files))).toEqual([
    'note not read: one compose file counts  docker-compose.dev.yml beside docker-compose.yml',
    'note not read: one compose file counts  docker/compose.yaml beside docker-compose.yml',
  ]);
});

it('says what else of Compose it does not follow, and takes its name', () => {
  const text = `name: \${STACK:-tea}
include: [other.yaml]
services:
  a: { extends: { service: b } }
  b: { image: acme/b, tmpfs: /tmp, shm_size: 1gb, healthcheck: {}, x-note: 1 }
  db:
    image: postgres:16
    shm_size: 1gb
    command: sh -c "postgres"
    environment: { POSTGRES_PASSWORD: x, POSTGRES_INITDB_ARGS: --data-checksums }
  app: { build: ., env_file: [.env, { path: app.env }] }
`;
  const found = draft({ 'compose.yaml': text, 'compose.override.yml': 'services: {}' });
  expect(configOf(found).name).toBe('tea');
  expect(lines(found.notes)).toEqual([
    'note left out: it extends another, which is not looked up  compose.yaml:4 service a',
    'note tmpfs of b left out: devenv has no such key  compose.yaml:5 tmpfs',
    'note shm_size of b left out: devenv has no such key  compose.yaml:5 shm_size',
    'note left out: what sh does is not known here  compose.yaml:9 command',
    'note left out of db: devenv starts this server itself  compose.yaml:10 POSTGRES_INITDB_ARGS',
    'note shm_size of db left out: devenv has no such key  compose.yaml:8 shm_size',
    'note built from the project: the app, which runs on the host  compose.yaml:11 service app',
    'note app.env is not read: devenv reads .env and .env.local  compose.yaml:11 env_file',
    'note left out: the files that it names are not read  compose.yaml:2 include',
    'note not read, though docker compose merges it in: one compose file counts  compose.override.yml beside compose.yaml',
  ]);
});

it.each(['services:\n  db: {image: postgres:16\n', 'services: [\n', '- a\n', '\tx'])(
  'says that %j is broken',
  (text) => {
    const found = detectCompose(filesOf({ 'compose.yaml': text }));
    expect(found.map(({ kind }) => kind)).toEqual(['note']);
  },
);

it('takes services of any form for what they are', () => {
  expect(detectCompose(filesOf(compose('a: 1\nb: []\nc:\nd: { image: [x] }\ne: {}')))).toEqual([]);
});
