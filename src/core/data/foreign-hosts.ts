import type { ForeignAddress } from './foreign-addresses.ts';

/** No standard, but what Laravel, Rails, Django and images of servers call the place of a database: `DB_HOST`, `POSTGRES_HOST`. */
const PLACE =
  /^(?:.+_)?(?:DB|DATABASE|POSTGRES(?:QL)?|PG|MYSQL|MARIADB|MONGO(?:DB)?|MSSQL|SQL|RDS|TYPEORM|KNEX)_?(?:READ_|WRITE_)?(?:HOST(?:NAME)?|SERVER)(?:_READ|_WRITE)?$/i;
const HOST = /^\s*(\[[0-9a-f:]+\]|[\w.-]+)(?::(\d+))?\s*$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1\]?)$/i;

/**
 * The same for the host of a database alone, in a variable of a usual name or in the words of ADO.NET: `Server=…;Database=…`.
 * Which port belongs to it can't be told from it, so this machine counts as ours, as do the names of the stack's services.
 */
export function foreignHosts(
  variables: ReadonlyMap<string, string>,
  services: readonly string[],
): readonly ForeignAddress[] {
  const isOwn = (host: string) => LOOPBACK.test(host) || services.includes(host);
  return [...variables].flatMap(([variable, value]) =>
    [...hostsByName(variable, value), ...hostsInWords(value)]
      .filter(({ host }) => !isOwn(host))
      .map(({ leadsTo }) => ({ variable, leadsTo })),
  );
}

interface Host {
  readonly host: string;
  readonly leadsTo: string;
}

function hostsByName(variable: string, value: string): readonly Host[] {
  // What libpq reads is looked at with its port.
  if (!PLACE.test(variable) || /^PGHOST$/i.test(variable)) return [];
  if (value.startsWith('/')) return [{ host: '', leadsTo: 'a local socket' }];
  return value.split(',').flatMap(hostIn);
}

/** SqlConnection.ConnectionString and Npgsql's: keys without regard to case, parted by semicolons. */
function hostsInWords(value: string): readonly Host[] {
  if (!/(?:^|;)\s*(?:database|initial catalog)\s*=/i.test(value)) return [];
  const server = /(?:^|;)\s*(?:server|host|data source|address|addr)\s*=\s*(?:tcp:)?([^;,\\]+)/i.exec(value)?.[1];
  return server === undefined ? [] : hostIn(server);
}

function hostIn(text: string): readonly Host[] {
  const [, host, port] = HOST.exec(text) ?? [];
  return host === undefined ? [] : [{ host, leadsTo: port === undefined ? host : `${host}:${port}` }];
}
