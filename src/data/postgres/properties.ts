import { UserError } from '../../core/errors.ts';
import type { Client } from './server.ts';

/** What belongs to a database and is not in it, so that CREATE DATABASE … TEMPLATE leaves it behind. */
export interface Properties {
  readonly owner: string;
  readonly connectionLimit: number;
  readonly comment: string | null;
  readonly settings: readonly Setting[];
  /** Null: nobody has granted or revoked anything. */
  readonly grants: readonly Grant[] | null;
}

interface Setting {
  /** Null: for every role. */
  readonly role: string | null;
  readonly name: string;
  readonly value: string;
}

interface Grant {
  /** Null: PUBLIC. */
  readonly role: string | null;
  readonly privilege: string;
  readonly grantable: boolean;
}

export async function readProperties(client: Client, database: string): Promise<Properties> {
  const { rows } = await client.query<{ owner: string; limit: number; granted: boolean; comment: string | null }>(
    `select pg_catalog.pg_get_userbyid(datdba) as owner, datconnlimit as limit, datacl is not null as granted,
            pg_catalog.shobj_description(oid, 'pg_database') as comment
       from pg_catalog.pg_database where datname = $1`,
    [database],
  );
  const [found] = rows;
  if (!found) throw new UserError(`there is no database ${database}`, { hints: ['devenv up makes it anew.'] });
  return {
    owner: found.owner,
    connectionLimit: found.limit,
    comment: found.comment,
    settings: await readSettings(client, database),
    grants: found.granted ? await readGrants(client, database) : null,
  };
}

async function readSettings(client: Client, database: string): Promise<readonly Setting[]> {
  const { rows } = await client.query<{ role: string | null; config: readonly string[] }>(
    `select r.rolname as role, s.setconfig as config
       from pg_catalog.pg_db_role_setting s
       join pg_catalog.pg_database d on d.oid = s.setdatabase
       left join pg_catalog.pg_roles r on r.oid = s.setrole
      where d.datname = $1`,
    [database],
  );
  return rows
    .flatMap(({ role, config }) =>
      config.map((one) => ({ role, name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1) })),
    )
    .filter(({ name }) => !name.startsWith('devenv.'));
}

async function readGrants(client: Client, database: string): Promise<readonly Grant[]> {
  const { rows } = await client.query<Grant>(
    `select r.rolname as role, a.privilege_type as privilege, a.is_grantable as grantable
       from pg_catalog.pg_database d
       cross join lateral pg_catalog.aclexplode(d.datacl) a
       left join pg_catalog.pg_roles r on r.oid = a.grantee
      where d.datname = $1`,
    [database],
  );
  return rows;
}

/** Gives a database these and no others, whatever it had. Part of the transaction that it is called in. */
export async function applyProperties(client: Client, database: string, wanted: Properties): Promise<void> {
  const name = client.escapeIdentifier(database);
  await client.query(`alter database ${name} owner to ${client.escapeIdentifier(wanted.owner)}`);
  await client.query(`alter database ${name} connection limit ${wanted.connectionLimit}`);
  const found = await readProperties(client, database);
  if (found.comment !== wanted.comment) {
    const comment = wanted.comment === null ? 'null' : client.escapeLiteral(wanted.comment);
    await client.query(`comment on database ${name} is ${comment}`);
  }
  await applySettings(client, name, found.settings, wanted.settings);
  await applyGrants(client, name, found, wanted);
}

async function applySettings(
  client: Client,
  name: string,
  found: readonly Setting[],
  wanted: readonly Setting[],
): Promise<void> {
  const of = ({ role }: Setting) =>
    role === null ? `database ${name}` : `role ${client.escapeIdentifier(role)} in database ${name}`;
  const among = (settings: readonly Setting[], one: Setting) =>
    settings.find((other) => other.role === one.role && other.name === one.name);
  for (const setting of found) {
    if (!among(wanted, setting)) await client.query(`alter ${of(setting)} reset ${quotedName(client, setting.name)}`);
  }
  for (const setting of wanted) {
    if (among(found, setting)?.value !== setting.value) {
      await client.query(`alter ${of(setting)} set ${settingSql(client, setting)}`);
    }
  }
}

async function applyGrants(client: Client, name: string, found: Properties, wanted: Properties): Promise<void> {
  if (JSON.stringify(found.grants) === JSON.stringify(wanted.grants)) return;
  const granted = wanted.grants ?? usualGrants(wanted.owner);
  const roleSql = (role: string | null) => (role === null ? 'public' : client.escapeIdentifier(role));
  const holders = new Set([null, wanted.owner, ...(found.grants ?? []).map(({ role }) => role)]);
  for (const role of holders) await client.query(`revoke all on database ${name} from ${roleSql(role)} cascade`);
  for (const { role, privilege, grantable } of granted) {
    const option = grantable ? ' with grant option' : '';
    await client.query(`grant ${privilege} on database ${name} to ${roleSql(role)}${option}`);
  }
}

/** What counts where nobody has granted or revoked anything (PostgreSQL manual, "Privileges"). */
function usualGrants(owner: string): readonly Grant[] {
  const grant = (role: string | null) => (privilege: string) => ({ role, privilege, grantable: false });
  return [...['CONNECT', 'TEMPORARY'].map(grant(null)), ...['CREATE', 'CONNECT', 'TEMPORARY'].map(grant(owner))];
}

/**
 * Settings that are lists are kept as they were written: `a, "B"`. As one literal they would become a single name
 * (PostgreSQL, GUC_LIST_QUOTE: these are all of them).
 */
const LISTS = new Set(['search_path', 'session_preload_libraries', 'local_preload_libraries', 'temp_tablespaces']);

function quotedName(client: Client, name: string): string {
  return name
    .split('.')
    .map((part) => client.escapeIdentifier(part))
    .join('.');
}

function settingSql(client: Client, { name, value }: Setting): string {
  const quoted = quotedName(client, name);
  if (!LISTS.has(name)) return `${quoted} = ${client.escapeLiteral(value)}`;
  // An empty list is kept as `""`, which is no name that could be set.
  return `${quoted} = ${value === '' || value === '""' ? "''" : value}`;
}
