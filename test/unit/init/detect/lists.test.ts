import { describe, expect, it } from 'vitest';
import { detectDockerfile } from '../../../../src/init/detect/dockerfile.ts';
import { detectEnvExample } from '../../../../src/init/detect/env-example.ts';
import { detectMigrations } from '../../../../src/init/detect/migrations.ts';
import { detectProcfile } from '../../../../src/init/detect/procfile.ts';
import { detectSources } from '../../../../src/init/detect/sources.ts';
import { detectVersions } from '../../../../src/init/detect/versions.ts';
import { formatEvidence } from '../../../../src/init/finding.ts';
import { config, draft, filesOf, lines } from '../project.ts';

describe('Procfile', () => {
  it('has a process a line', () => {
    const Procfile =
      '# all\nrelease: rake db:migrate\nweb: puma -p ${PORT:-5000}\nworker: sidekiq\nclock: clockwork\n\nno line\n';
    expect(lines(detectProcfile(filesOf({ Procfile })))).toEqual([
      'migrate rake db:migrate  Procfile:2 release',
      'web puma -p ${PORT:-5000} @5000  Procfile:3 web',
      'worker sidekiq  Procfile:4 worker',
      'other clockwork  Procfile:5 clock',
      'note left out, it is no "name: command"  Procfile:7 a line',
    ]);
  });

  it.each([
    ['bin/rails server -p 3000', 3000, true],
    ['bin/rails s -p3001', 3001, true],
    ['puma -b tcp://0.0.0.0:9292', 9292, true],
    ['puma -p ${PORT:-5000}', 5000, false],
    ['puma -p $PORT', 3000, false],
  ])('says where the port is fixed: %s', (command, port, fixed) => {
    const found = lines(detectProcfile(filesOf({ 'Procfile.dev': `web: ${command}` })));
    expect(found[0]).toContain(`@${port}`);
    expect(found.slice(1).map((line) => line.slice(0, 23))).toEqual(fixed ? ['note has its port fixed'] : []);
  });

  it('for development counts for more than anything else, but for migrations', () => {
    const { processes } = config({
      'Procfile.dev': 'web: bin/dev-server\njs: yarn build --watch\n',
      Procfile: 'release: rake db:migrate\nweb: puma\nworker: sidekiq\n',
      'package.json': JSON.stringify({ scripts: { dev: 'vite' } }),
    });
    expect(Object.entries(processes ?? {}).map(([name, { command }]) => [name, command])).toEqual([
      ['migrate', 'rake db:migrate'],
      ['web', 'bin/dev-server'],
      ['js', 'yarn build --watch'],
    ]);
  });
});

describe('Dockerfile', () => {
  it.each([
    ['FROM node\nEXPOSE 8080\nCMD ["node", "the server.js"]', "web node 'the server.js' @8080  Dockerfile:3 CMD"],
    ['FROM a\nCMD first\nFROM b\nCMD node \\\n  last.js', 'other node     last.js  Dockerfile:2 CMD'],
  ])('%j', (text, expected) => {
    expect(lines(detectDockerfile(filesOf({ Dockerfile: text })))).toEqual([expected]);
  });

  it('says nothing without a command that can be read', () => {
    expect(detectDockerfile(filesOf({ Dockerfile: 'FROM a\nCMD [broken' }))).toEqual([]);
    expect(detectDockerfile(filesOf({ Dockerfile: 'FROM a\nENTRYPOINT ["x"]' }))).toEqual([]);
  });
});

it('.env.example and its like have names; those of other people are not read', () => {
  const files = filesOf({
    '.env.example': '# a\nA=1\nexport B="x y"\n',
    '.env.sample': 'C=',
    'apps/a/.env.example': 'D=1',
    '.env': 'E=1',
  });
  expect(lines(detectEnvExample(files))).toEqual([
    'variable A  .env.example:2 A',
    'variable B  .env.example:3 B',
    'variable C  .env.sample:1 C',
    'variable D  apps/a/.env.example:1 D',
  ]);
});

it('variables are read in every language, the first place of each counts', () => {
  const files = filesOf({
    'a.ts': "const { x } = process.env;\nuse(process.env.A, process.env['B'], process.env.A);",
    'b.py': 'os.environ["C"]; os.getenv("D"); env.db("E")',
    'c.rb': 'ENV.fetch("F") + ENV["G"]',
    'd.go': 'os.Getenv("H")',
    'test/e.ts': 'process.env.I',
    'f.test.ts': 'process.env.J',
  });
  expect(
    lines(detectSources(files))
      .map((line) => line.split('  ')[0]?.slice(-1))
      .join(''),
  ).toBe('ABCDEFGH');
});

describe('versions', () => {
  it('stand in .tool-versions, mise.toml and the services of CI', () => {
    const files = filesOf({
      '.tool-versions': 'nodejs 22.1.0\npostgres 15.4\nredis 7.2.4\n',
      'mise.toml': '[tools]\npostgres = "16"\n',
      '.github/workflows/test.yml': 'jobs:\n  a:\n    services:\n      pg:\n        image: postgres:14\n  b: 1\n',
      '.gitlab-ci.yml': 'test:\n  services:\n    - postgres:13\n    - name: redis:6\n  script: !reference [a, b]\n',
    });
    expect(lines(detectVersions(files))).toEqual([
      'version 15  .tool-versions:2 postgres 15',
      'version 7  .tool-versions:3 redis 7',
      'version 16  mise.toml:2 postgres 16',
      'version 14  .github/workflows/test.yml:4 service postgres:14',
      'version 13  .gitlab-ci.yml:3 service postgres:13',
      'version 6  .gitlab-ci.yml:4 service redis:6',
    ]);
  });

  it('that devenv does not have are told, and another one that is there counts', () => {
    const of = (files: Readonly<Record<string, string>>) => {
      const { services, notes } = draft({ 'requirements.txt': 'psycopg\nredis', ...files });
      const because = services.flatMap(({ lines }) => lines.flatMap((line) => line.because.map(formatEvidence)));
      return { because, notes: lines(notes) };
    };
    const tools = '.tool-versions:1 postgres 9';
    expect(of({ '.tool-versions': 'postgres 9.6\n' })).toEqual({
      because: [`${tools}, which devenv does not have`, expect.stringContaining('nothing here tells')],
      notes: [`note postgres 9 is none of devenv's versions  ${tools}`],
    });
    expect(of({ '.tool-versions': 'postgres 9.6\n', 'mise.toml': 'postgres = "16"' }).because).toContain(
      'mise.toml:1 postgres 16',
    );
    expect(
      of({ 'compose.yaml': 'services: { db: { image: "postgres:9.6" }, r: { image: "redis:4" } }' }).because,
    ).toEqual([
      'compose.yaml:1 image postgres:9.6, which devenv does not have',
      'compose.yaml:1 image redis:4, which devenv does not have',
    ]);
  });
});

describe('extensions in migrations', () => {
  it('are found in SQL, Rails and Django, each once', () => {
    const files = filesOf({
      'migrations/1.sql':
        '-- create extension hstore\ncreate extension if not exists "uuid-ossp";\nCREATE EXTENSION IF NOT EXISTS plpgsql;',
      'migrations/2.sql': 'create extension if not exists "uuid-ossp";',
      'db/migrate/1_a.rb': 'def change\n  enable_extension "pgcrypto"\nend',
      'app/migrations/0001_a.py': 'operations = [TrigramExtension(), CITextExtension()]',
      'test/x.sql': 'create extension if not exists cube;',
    });
    expect([...lines(detectMigrations(files))].sort()).toEqual([
      'extension citext  app/migrations/0001_a.py:1 CITextExtension',
      'extension pg_trgm  app/migrations/0001_a.py:1 TrigramExtension',
      'extension pgcrypto  db/migrate/1_a.rb:2 enable_extension pgcrypto',
      'extension uuid-ossp  migrations/1.sql:2 create extension uuid-ossp',
    ]);
  });

  it('that would fail on one that is there are left to the migration', () => {
    expect(lines(detectMigrations(filesOf({ 'sql/1.sql': 'create extension citext;' })))).toEqual([
      'note citext is left to this, which has no "if not exists"  sql/1.sql:1 create extension citext',
    ]);
  });

  it('that only another image has bring it along', () => {
    const files = {
      '.env.example': 'DATABASE_URL=postgres://a@b/c',
      'migrations/1.sql': 'create extension if not exists vector;',
    };
    expect(config(files).services?.db).toMatchObject({
      version: '17',
      image: 'pgvector/pgvector:pg17',
      extensions: ['vector'],
    });
  });
});
