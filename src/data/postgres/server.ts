/** What is used of a connection: `pg` has it, whose only door are the engines. */
export interface Client {
  query<Row extends object>(sql: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
  escapeIdentifier(name: string): string;
  escapeLiteral(text: string): string;
}

/** One that takes rows in great numbers as well. */
export interface LoadingClient extends Client {
  /** Sends what `copy … from stdin` reads, in COPY's text format. */
  copyIn(sql: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>;
}

/** A Postgres server that has been proven to be this environment's, and the one database in it that the app uses. */
export interface PostgresServer {
  /** Name of the app's database. */
  readonly live: string;
  /** Opens a connection of the superuser for as long as `use` runs. */
  within<T>(database: string, use: (client: Client) => Promise<T>): Promise<T>;
}

export interface LoadingServer extends PostgresServer {
  within<T>(database: string, use: (client: LoadingClient) => Promise<T>): Promise<T>;
}

/** Every server has it, nobody's data is in it, and it can always be connected to. */
export const MAINTENANCE = 'postgres';
