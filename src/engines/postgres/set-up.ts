import type { Client as PgClient } from 'pg';
import { messageOf, UserError } from '../../core/errors.ts';
import type { Access } from '../../core/runtime.ts';
import type { Secret } from '../../core/secret.ts';
import type { Service } from '../../core/stack.ts';
import { missingExtensions } from './check.ts';
import { connection, withClient } from './connection.ts';
import { ensurePassword } from './password.ts';
import { settingsOf } from './settings.ts';

/** What a server that answers may still lack: its password, its database, its extensions. */
export async function setUpPostgres(
  service: Service,
  access: Access,
  signal: AbortSignal,
  current?: Secret,
): Promise<void> {
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
