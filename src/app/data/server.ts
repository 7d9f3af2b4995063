import { messageOf, UserError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import { type Content, type Endpoint, mainPort, type Service, type Stack } from '../../core/stack.ts';
import { holdConnection, type LoadingServer, MAINTENANCE, type PostgresServer } from '../../data/postgres/index.ts';
import { withDatabase } from '../../engines/postgres/connection.ts';
import { databaseOf } from '../../engines/postgres/settings.ts';
import { requireRunning } from '../require-running.ts';
import { LOOPBACK } from '../stack/services.ts';

/** A service whose content the configuration tells. */
export type LoadedService = Service & { readonly content: Content };

export function loadedService(service: Service): LoadedService {
  const { content, name } = service;
  if (content !== null) return { ...service, content };
  throw new UserError(`the configuration does not say what data ${name} has`, {
    code: 'usage',
    hints: ['data: { migrate: { run: … }, seed: [seeds/base.sql] } in devenv.config.yaml does; of several a list.'],
  });
}

/** To look at. Whoever changes something asks for `ownServer`. */
export function serverOf(service: Service, signal: AbortSignal): LoadingServer {
  return reachedBy(service, connectTo(service, signal));
}

/** The same, which keeps a connection for what comes next until it is disposed. */
export function heldServerOf(service: Service, signal: AbortSignal): LoadingServer & AsyncDisposable {
  const held = holdConnection(connectTo(service, signal));
  return { ...reachedBy(service, held.within), [Symbol.asyncDispose]: held[Symbol.asyncDispose] };
}

function connectTo(service: Service, signal: AbortSignal): LoadingServer['within'] {
  return (database, use) => withDatabase(service, endpointOf(service), database, signal, use);
}

function reachedBy(service: Service, connect: LoadingServer['within']): LoadingServer {
  return {
    live: databaseOf(service),
    async within(database, use) {
      try {
        return await connect(database, use);
      } catch (error) {
        throw inWords(service, error);
      }
    },
  };
}

/** Class 42 is SQL that is wrong: ours, which is a bug (PostgreSQL manual, appendix A). */
const REFUSED_BY_SERVER = /^(?!42|XX)[0-9A-Z]{5}$/;
const DISK_FULL = '53100';

/** What the server refuses, such as for want of room on the disk, is nothing that devenv did wrong. */
function inWords({ name }: Service, error: unknown): unknown {
  const { code = '', severity } = (error ?? {}) as { code?: string; severity?: string };
  if (severity === undefined && isLost(error, code)) {
    return new UserError(`${name}: the server has closed the connection: ${messageOf(error)}`, {
      hints: [`devenv logs ${name} says why, a full disk perhaps; once that is mended, devenv up starts it again.`],
      cause: error,
    });
  }
  if (severity === undefined || !REFUSED_BY_SERVER.test(code)) return error;
  const words = code === DISK_FULL ? 'the disk is full: ' : '';
  return new UserError(`${name}: ${words}${messageOf(error)}`, { cause: error });
}

/** What the operating system says where a server has ended or crashed, and what `pg` says of it. */
function isLost(error: unknown, code: string): boolean {
  const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code);
  return lost || /^Connection terminated|connection error and is not queryable/.test(messageOf(error));
}

export function endpointOf(service: Service): Endpoint {
  return { host: LOOPBACK, port: mainPort(service)?.host ?? 0 };
}

/** Setting of a database that nobody drops: the environment that the server belongs to. */
const OWNER = 'devenv.environment';

/** The opposite: takes the mark off, for a copy that will be another environment's. */
export async function disown(server: PostgresServer): Promise<void> {
  await server.within(MAINTENANCE, (client) =>
    client.query(`alter database ${client.escapeIdentifier(MAINTENANCE)} reset ${OWNER}`),
  );
}

/**
 * Proves that a server is this environment's before anything in it is changed: its container or data folder runs under
 * our label, it takes the password that only this environment has, and it bears this environment's mark. There is no
 * other server to fall back on, whatever a DATABASE_URL says.
 */
export async function ownServer(
  stack: Stack,
  runtime: Runtime,
  service: Service,
  signal: AbortSignal,
  server = serverOf(service, signal),
): Promise<LoadingServer> {
  const { id } = stack.environment;
  await requireRunning(id, service, runtime);
  await server.within(MAINTENANCE, async (client) => {
    const { rows } = await client.query<{ mark: string | null }>(
      `select (select substr(one, length($1) + 2) from unnest(s.setconfig) one where one like $1 || '=%') as mark
         from pg_catalog.pg_database d
         left join pg_catalog.pg_db_role_setting s on s.setdatabase = d.oid and s.setrole = 0
        where d.datname = $2`,
      [OWNER, MAINTENANCE],
    );
    const mark = rows[0]?.mark ?? null;
    if (mark === id) return;
    if (mark !== null) {
      throw new UserError(`the server behind ${service.name} belongs to another environment, ${mark}`, {
        code: 'refused',
        hints: ['devenv doctor says who listens on its port.'],
      });
    }
    const value = client.escapeLiteral(id);
    await client.query(`alter database ${client.escapeIdentifier(MAINTENANCE)} set ${OWNER} = ${value}`);
  });
  return server;
}
