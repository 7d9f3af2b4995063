import { Socket } from 'node:net';
import type { ClientConfig, Client as PgClient } from 'pg';
import type { Secret } from '../../core/secret.ts';
import type { Endpoint, Service } from '../../core/stack.ts';
import { onAbort } from '../../lib/on-abort.ts';
import { copyIn } from './copy-in.ts';
import { settingsOf } from './settings.ts';

/** Of the service's superuser; by default to the database that its URL names. */
export function connection(service: Service, endpoint: Endpoint, password: Secret, database?: string): ClientConfig {
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

/** Opens a connection for as long as `use` runs. */
export async function withClient<T>(
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
