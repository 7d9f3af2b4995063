import { UserError } from '../../core/errors.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Service, Stack } from '../../core/stack.ts';
import { type RedisServer, readMarks, setMark } from '../../data/redis/copies/index.ts';
import { withRedis } from '../../engines/redis-connection.ts';
import { requireRunning } from '../require-running.ts';
import { endpointOf } from './server.ts';

/** To look at, and to change nothing. Throws a UserError where it doesn't answer, or is another environment's. */
export async function lookAtRedis({ environment: { id } }: Stack, service: Service, signal: AbortSignal) {
  const found = await withRedis(service, endpointOf(service), signal, readMarks);
  const owner = found?.environment ?? id;
  if (owner !== id) throw another(service, owner);
  return found;
}

function another({ name }: Service, owner: string): UserError {
  return new UserError(`the server behind ${name} belongs to another environment, ${owner}`, {
    code: 'refused',
    hints: ['devenv doctor says who listens on its port.'],
  });
}

/**
 * Proves that a Redis is this environment's before anything in it is changed, as `ownServer` does: it runs under our
 * label, it takes the password that only this environment has, and where devenv's own database has a mark it is this
 * environment's. Null for one that takes no part, because it has no database of that number.
 */
export async function ownRedis(
  { environment: { id } }: Stack,
  runtime: Runtime,
  service: Service,
  signal: AbortSignal,
): Promise<RedisServer | null> {
  await requireRunning(id, service, runtime);
  const within: RedisServer['within'] = (use) => withRedis(service, endpointOf(service), signal, use);
  const hasRoom = await within(async (connection) => {
    const found = await readMarks(connection);
    if (found && found.environment === null) await setMark(connection, 'environment', id);
    if (!found || found.environment === null || found.environment === id) return found !== null;
    throw another(service, found.environment);
  });
  return hasRoom ? { name: service.name, within } : null;
}
