import { describe, expect, it } from 'vitest';
import { detectDjango } from '../../../../src/init/detect/django.ts';
import { detectGo } from '../../../../src/init/detect/go.ts';
import { detectPython } from '../../../../src/init/detect/python.ts';
import { detectRuby } from '../../../../src/init/detect/ruby.ts';
import { configOf } from '../../../../src/init/draft/draft.ts';
import { formatEvidence } from '../../../../src/init/finding.ts';
import { config, draft, filesOf, lines } from '../project.ts';

describe('Python', () => {
  it.each([
    [
      'requirements.txt',
      'Flask==3.0\nPsycopg2_Binary>=2.9 ; python_version > "3"\n-r other.txt\n',
      'requirements.txt:2',
    ],
    ['requirements/base.txt', 'flask\npsycopg2-binary\n', 'requirements/base.txt:2'],
    ['pyproject.toml', '[project]\ndependencies = [\n  "flask",\n  "psycopg2-binary>=2",\n]\n', 'pyproject.toml:4'],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.12"\nflask = "*"\npsycopg2-binary = "^2"\n',
      'pyproject.toml:4',
    ],
    ['pyproject.toml', '[dependency-groups]\ndev = ["flask", "psycopg2-binary"]\n', 'pyproject.toml:2'],
    ['Pipfile', '[packages]\nflask = "*"\npsycopg2-binary = "*"\n', 'Pipfile:3'],
  ])('has its packages in %s', (name, text, place) => {
    const found = lines(detectPython(filesOf({ [name]: text, 'web.py': 'import flask\napp = Flask(__name__)\n' })));
    expect(found).toContain(`need postgres  ${place} depends on psycopg2-binary`);
    expect(found).toContain('web flask --app web:app run --debug --port $PORT @5000  web.py:2 flask');
  });

  it.each([
    ['uv.lock', 'uv run uvicorn app.main:api --reload --port $PORT'],
    ['poetry.lock', 'poetry run uvicorn app.main:api --reload --port $PORT'],
    ['Pipfile.lock', 'pipenv run uvicorn app.main:api --reload --port $PORT'],
    ['none', 'uvicorn app.main:api --reload --port $PORT'],
  ])('runs FastAPI with %s', (lock, command) => {
    const files = { 'requirements.txt': 'fastapi', 'app/main.py': 'api: FastAPI = FastAPI()', [lock]: '' };
    expect(lines(detectPython(filesOf(files)))).toEqual([`web ${command} @8000  app/main.py:1 fastapi`]);
  });

  it.each([
    ['psycopg2', 'postgresql://${db.user}'],
    ['psycopg[binary]', 'postgresql+psycopg://${db.user}'],
    ['asyncpg', 'postgresql+asyncpg://${db.user}'],
  ])('gives SQLAlchemy the URL for %s', (driver, begins) => {
    const files = { 'requirements.txt': `sqlalchemy\n${driver}\n`, 'a.py': 'os.environ["DATABASE_URL"]' };
    expect(config(files).env?.DATABASE_URL).toContain(begins);
  });

  it('runs Celery and Alembic, and says where it found no app', () => {
    const files = {
      'requirements.txt': 'celery\nalembic\nflask\n',
      'alembic.ini': '',
      'jobs/tasks.py': 'queue = Celery("x")',
    };
    expect(lines(detectPython(filesOf(files))).map((line) => line.split('  ')[0])).toEqual([
      'scheme postgresql',
      'migrate alembic upgrade head',
      'note no flask app was found in the code; a process has to be written by hand',
      'worker celery -A jobs.tasks worker --loglevel info',
      'note nothing here tells its broker, which is RabbitMQ at localhost:5672 then',
    ]);
  });

  const BROKER = 'CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/0")';

  it.each([
    ['celery[redis]>=5', '', 'requirements.txt:1 depends on celery[redis]', '${cache.url}'],
    ['Celery [auth, Redis]', '', 'requirements.txt:1 depends on celery[redis]', '${cache.url}'],
    ['celery', BROKER, 'app.py:2 names redis://', '${cache.url}/0'],
    ['celery', 'app.conf.broker_url = "redis://localhost"', 'app.py:2 names redis://', '${cache.url}'],
    ['celery', 'x = Celery("x", broker="rediss://localhost")', 'app.py:2 names redis://', '${cache.url}'],
  ])('takes Redis for the broker of %s %s', (required, code, place, url) => {
    const files = { 'requirements.txt': required, 'app.py': `app = Celery("a")\n${code}\n` };
    const found = draft(files);
    expect(found.services[0]?.because.map(formatEvidence)).toContain(place);
    expect(configOf(found)).toMatchObject({
      services: { cache: { engine: 'redis' } },
      processes: { worker: { needs: ['cache'] } },
      env: { CELERY_BROKER_URL: url },
    });
  });

  it("finds an extra of Celery's in every kind of list", () => {
    const needs = (name: string, text: string) => lines(detectPython(filesOf({ [name]: text })))[0];
    const poetry = '[tool.poetry.dependencies]\ncelery = { extras = ["redis"], version = "^5" }\n';
    expect(needs('pyproject.toml', poetry)).toBe('need redis  pyproject.toml:2 depends on celery[redis]');
    expect(needs('pyproject.toml', '[project]\ndependencies = [\n  "celery[redis]",\n]\n')).toBe(
      'need redis  pyproject.toml:3 depends on celery[redis]',
    );
  });

  it('says where nothing tells the broker of Celery, and of one that devenv has not', () => {
    const found = (code: string) =>
      draft({ 'requirements.txt': 'celery\nredis', 'app.py': `a = Celery("a")\n${code}` });
    const alone = draft({ 'requirements.txt': 'celery', 'app.py': 'a = Celery("a")\n' });
    expect(lines(alone.notes)).toEqual([
      'note nothing here tells its broker, which is RabbitMQ at localhost:5672 then  requirements.txt:1 depends on celery',
    ]);
    const rabbit = found('u = os.getenv("CELERY_BROKER_URL", "amqp://guest@localhost//")');
    expect(rabbit.env.map(({ key }) => key)).toEqual(['REDIS_URL']);
    expect(lines(rabbit.notes)[0]).toContain('RabbitMQ is no engine');
  });

  it('says which TOML is broken', () => {
    expect(lines(detectPython(filesOf({ 'pyproject.toml': '[project\n' })))[0]).toMatch(
      /^note left out, .*pyproject\.toml:1 /,
    );
  });
});

describe('Django', () => {
  const manage = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a.settings")';
  const settings = (engine: string, rest = '') =>
    `x = {\n"ENGINE": "django.db.backends.${engine}",\n${rest}}\nos.environ["A"]`;

  it('is served and migrated where its manage.py is', () => {
    const files = filesOf({
      'backend/manage.py': manage,
      'backend/a/settings/base.py': settings('postgresql', '"NAME": "shop",\n'),
    });
    expect(lines(detectDjango(files))).toEqual([
      'migrate backend: python manage.py migrate --noinput  backend/manage.py Django',
      'web backend: python manage.py runserver $PORT @8000  backend/manage.py Django',
      'need postgres  backend/a/settings/base.py:2 ENGINE postgresql',
      'database shop  backend/a/settings/base.py:3 NAME',
    ]);
  });

  it('on SQLite needs no server, on MySQL one that devenv has not, and with fixed settings a change', () => {
    const found = (text: string) =>
      lines(detectDjango(filesOf({ 'manage.py': manage, 'a/settings.py': text }))).slice(2);
    expect(found(settings('sqlite3'))).toEqual([]);
    expect(found(settings('mysql'))).toEqual(["note mysql is no engine of devenv's  a/settings.py:2 ENGINE mysql"]);
    expect(found(settings('postgresql').replace('os.environ["A"]', ''))[1]).toContain(
      'note the settings read no variables',
    );
  });
});

describe('Ruby', () => {
  it('on Rails is served and migrated, with the database of development', () => {
    const files = filesOf({
      Gemfile: 'gem "rails"\ngem \'pg\', "~> 1"\ngem "sidekiq"\n',
      'bin/rails': '',
      'db/migrate/1_a.rb': '',
      'config/database.yml':
        'default: &d\n  adapter: <%= ENV["X"] %>\ndevelopment:\n  adapter: postgresql\n  database: blog\n',
    });
    expect(lines(detectRuby(files))).toEqual([
      'need postgres  Gemfile:2 gem pg',
      'need redis  Gemfile:3 gem sidekiq',
      'need postgres  config/database.yml:4 adapter of development',
      'variable DATABASE_URL  config/database.yml Rails reads it first',
      'database blog  config/database.yml:5 database of development',
      'migrate bin/rails db:migrate  db migrations of Rails',
      'web bin/rails server @3000  Gemfile:1 gem rails',
      'worker bundle exec sidekiq  Gemfile:3 gem sidekiq',
    ]);
  });

  it('on Rack is served by rackup', () => {
    expect(lines(detectRuby(filesOf({ Gemfile: '# gem "pg"\ngem "sinatra"', 'config.ru': '' })))).toEqual([
      'web bundle exec rackup --port $PORT @9292  config.ru Rack',
    ]);
  });
});

describe('Go', () => {
  const main = (rest = '') => `package main\n\nfunc main() {\n${rest}}\n`;

  it('runs each program of cmd, with the ports that they read', () => {
    const files = filesOf({
      'go.mod': 'module example.com/a/v2\n\nrequire github.com/jackc/pgx/v5 v5.0.0\n',
      'cmd/api/main.go': main('\tport := os.Getenv("PORT")\n\tif port == "" { port = "9000" }\n'),
      'cmd/worker/main.go': main(),
      'cmd/migrate/main.go': main(),
      'internal/tool/main.go': main(),
      'cmd/api/main_test.go': main(),
    });
    expect(lines(detectGo(files))).toEqual([
      'name example.com/a  go.mod:1 module',
      'need postgres  go.mod:3 requires github.com/jackc/pgx',
      'web go run ./cmd/api @9000  cmd/api/main.go:3 func main',
      'migrate go run ./cmd/migrate  cmd/migrate/main.go:3 func main',
      'worker go run ./cmd/worker  cmd/worker/main.go:3 func main',
    ]);
  });

  it('runs what is at the top, and lets lib/pq speak without TLS', () => {
    const files = {
      'go.mod': 'module a\nrequire github.com/lib/pq v1\n',
      'main.go': main('\thttp.ListenAndServe(":8081", nil)\n'),
    };
    expect(config(files)).toMatchObject({
      processes: { web: { command: 'go run .', port: 8081 } },
      env: { DATABASE_URL: '${db.url}?sslmode=disable' },
    });
  });
});
