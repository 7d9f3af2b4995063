import type { Locale } from '../snapshot-file/header.ts';
import { MAINTENANCE, type PostgresServer } from './server.ts';

/** What a server has, and what a database in it needs of another one. */
export interface ServerFacts {
  /** `17.2`. */
  readonly version: string;
  /** Extensions that can be created. */
  readonly available: readonly string[];
  readonly roles: readonly string[];
}

export interface DatabaseFacts {
  readonly locale: Locale;
  readonly extensions: readonly string[];
  /** Who owns something in it or was granted something, and the user of this connection. */
  readonly roles: readonly string[];
  /** The user of this connection. */
  readonly user: string;
}

export function readServerFacts(server: PostgresServer): Promise<ServerFacts> {
  return server.within(MAINTENANCE, async (client) => {
    const { rows } = await client.query<ServerFacts>(
      `select split_part(current_setting('server_version'), ' ', 1) as version,
              array(select name::text from pg_catalog.pg_available_extensions) as available,
              array(select rolname::text from pg_catalog.pg_roles) as roles`,
    );
    return rows[0] as ServerFacts;
  });
}

/** Columns of pg_database were renamed from one major to the next: read as JSON the missing ones are null. */
export function readDatabaseFacts(server: PostgresServer, database: string): Promise<DatabaseFacts> {
  return server.within(database, async (client) => {
    const { rows } = await client.query<Locale & Omit<DatabaseFacts, 'locale'>>(
      `select pg_catalog.pg_encoding_to_char(d.encoding)::text as encoding,
              coalesce(j ->> 'datlocprovider', 'c') as provider,
              j ->> 'datcollate' as collate, j ->> 'datctype' as ctype,
              coalesce(j ->> 'datlocale', j ->> 'daticulocale') as name,
              array(select extname::text from pg_catalog.pg_extension where extname <> 'plpgsql') as extensions,
              array(select distinct r.rolname::text
                      from pg_catalog.pg_roles r
                      left join pg_catalog.pg_shdepend s on s.refobjid = r.oid and s.dbid = d.oid
                       and s.refclassid = 'pg_catalog.pg_authid'::regclass
                     where s.refobjid is not null or r.rolname = current_user) as roles,
              current_user::text as user
         from pg_catalog.pg_database d cross join lateral to_jsonb(d) j
        where d.datname = current_database()`,
    );
    const { extensions, roles, user, ...locale } = rows[0] as Locale & Omit<DatabaseFacts, 'locale'>;
    return { locale, extensions, roles, user };
  });
}
