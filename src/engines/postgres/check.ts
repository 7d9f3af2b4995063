import type { Client as PgClient } from 'pg';
import type { Endpoint, Service } from '../../core/stack.ts';
import { connectionWords } from '../../lib/probe.ts';
import type { Check } from '../engine.ts';
import { connection, withClient } from './connection.ts';
import { settingsOf } from './settings.ts';

/** SQLSTATE codes (PostgreSQL manual, appendix A) that setting up mends, and one that it can't. */
const WRONG_PASSWORD = '28P01';
const NO_DATABASE = '3D000';
/** A copy of it was being made when devenv was killed. */
const NOT_ALLOWED = '55000';

export async function checkPostgres(service: Service, endpoint: Endpoint, signal: AbortSignal): Promise<Check> {
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

export async function missingExtensions(client: PgClient, wanted: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ extname: string }>('select extname from pg_catalog.pg_extension');
  const present = new Set(rows.map((row) => row.extname));
  return wanted.filter((name) => !present.has(name));
}
