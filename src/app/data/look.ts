import { changedSince } from '../../core/data/baseline.ts';
import type { DatabaseState } from '../../core/data/state.ts';
import { messageOf } from '../../core/errors.ts';
import type { Service, Stack } from '../../core/stack.ts';
import { readDatabase } from '../../data/postgres/index.ts';
import { databaseServices } from './database-service.ts';
import { listKeys } from './list-keys.ts';
import { observeContent } from './observe-content.ts';
import { lookAtRedis } from './redis-server.ts';
import { serverOf } from './server.ts';

/**
 * How the databases of an environment, their copies and their keys stand, those that verbs are about first. It changes
 * nothing, and what doesn't answer says so.
 */
export function lookAtData(stack: Stack, signal: AbortSignal): Promise<readonly DatabaseState[]> {
  const usual = usualOnes(stack);
  const others = stack.services.filter((service) => service.engine === 'postgres' && !usual.includes(service));
  return Promise.all([
    ...usual.map((service) => look(stack, service, { usual: true, signal })),
    ...others.map((service) => look(stack, service, { usual: false, signal })),
  ]);
}

async function look(
  stack: Stack,
  service: Service,
  { usual, signal }: { readonly usual: boolean; readonly signal: AbortSignal },
): Promise<DatabaseState> {
  const { environment } = stack;
  const { content } = service;
  const server = serverOf(service, signal);
  const known = {
    ...{ service: service.name, database: server.live, usual },
    ...{ baseline: content?.baseline ?? null, spares: content?.spares ?? 0 },
  };
  try {
    const [found, observed] = await Promise.all([
      readDatabase(server),
      // Without a word in the configuration there is nothing to compare with.
      content === null ? null : observeContent(environment.id, service, server),
    ]);
    const changed = content && observed ? changedSince(content, observed) : null;
    const redis = await listKeys(stack, service, server, found.copies, (one) => lookAtRedis(stack, one, signal));
    return { ...known, why: null, content: observed?.state ?? null, changed, ...found, redis };
  } catch (error) {
    signal.throwIfAborted();
    return { ...known, why: messageOf(error), sizeBytes: null, content: null, changed: null, copies: [], redis: [] };
  }
}

/** None where there are several, and the configuration doesn't say which is meant. */
function usualOnes(stack: Stack): readonly Service[] {
  try {
    return databaseServices(stack);
  } catch {
    return [];
  }
}
