import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { ClientConfig } from 'pg';
import { UserError } from '../../core/errors.ts';
import type { Access } from '../../core/runtime.ts';
import type { Secret } from '../../core/secret.ts';
import type { Service } from '../../core/stack.ts';
import { connection, withClient } from './connection.ts';
import { settingsOf } from './settings.ts';

/** SQLSTATE codes (PostgreSQL manual, appendix A). */
const WRONG_PASSWORD = '28P01';
/** Where the server trusts whoever connects, as on its local socket. */
const NO_ROLE = '28000';

/**
 * New data carries the template's password. Should neither that nor the environment's own be right (the per-user secret
 * was lost), the password is set anew over the server's local socket, where the server trusts us.
 */
export async function ensurePassword(
  service: Service,
  access: Access,
  signal: AbortSignal,
  current?: Secret,
): Promise<void> {
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
